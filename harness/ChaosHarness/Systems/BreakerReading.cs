namespace ChaosHarness.Systems;

/// <summary>A circuit breaker's state and its counters at that moment, both since it was made.</summary>
/// <param name="State">The state that it now has.</param>
/// <param name="Passed">Calls that it let through to the dependency.</param>
/// <param name="Rejected">Calls that it refused without trying.</param>
public sealed record BreakerReading(BreakerState State, long Passed, long Rejected);
