using ChaosHarness.Probes;

namespace ChaosHarness.Safety;

/// <summary>What a stop condition may look at.</summary>
/// <param name="Now">Time since the start of the run.</param>
/// <param name="InjectedAt">When the injection began.</param>
/// <param name="Since">A signal's observations from a time on.</param>
internal sealed record StopContext(TimeSpan Now, TimeSpan InjectedAt, Func<string, TimeSpan, IReadOnlyList<Observation>> Since);
