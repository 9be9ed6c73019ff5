using Polly;

namespace ChaosHarness.Polly;

/// <summary>Inside of a breaker: counts the calls that it let through.</summary>
internal sealed class InnerCount(BreakerCounters counters, ResiliencePropertyKey<bool> passed) : ResilienceStrategy
{
    protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        context.Properties.Set(passed, true);
        counters.Pass();
        return callback(context, state);
    }
}
