namespace ChaosHarness.Systems;

/// <summary>A breaker came to another state, with its counters at that moment.</summary>
internal sealed record BreakerReportChange(long Number, string Breaker, string State, long Passed, long Rejected);
