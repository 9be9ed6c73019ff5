namespace ChaosHarness.Polly;

/// <summary>A breaker came to another state.</summary>
internal sealed record BreakerChange(long Number, string Breaker, string State, long Passed, long Rejected, DateTimeOffset At);
