namespace ChaosHarness.Histories;

/// <summary>How the writes of a workload were looked up in what the system holds.</summary>
/// <param name="At">When that was over, since the start of the run.</param>
/// <param name="Problem">Why it could not be done; null when it was.</param>
public sealed record ReadBack(TimeSpan At, string? Problem);
