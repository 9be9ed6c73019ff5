using Polly;

namespace ChaosHarness.Polly;

/// <summary>Counting needs no options.</summary>
internal sealed class CountOptions : ResilienceStrategyOptions
{
    public CountOptions() => Name = "breaker reports";
}
