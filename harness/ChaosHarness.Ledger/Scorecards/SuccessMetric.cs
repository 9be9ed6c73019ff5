namespace ChaosHarness.Ledger.Scorecards;

/// <summary>One of the success metrics of the reliability pillar, measured over 90 days.</summary>
/// <param name="Name">Which.</param>
/// <param name="Definition">What exactly is measured.</param>
/// <param name="Value">Its value: a share for availability, backup validity and capacity headroom, seconds for times; null when no run measured it.</param>
/// <param name="IsTime">Whether the value is in seconds; otherwise it is a share.</param>
/// <param name="Runs">How many runs are behind it.</param>
/// <param name="Note">What else has to be known; null for nothing.</param>
public sealed record SuccessMetric(string Name, string Definition, double? Value, bool IsTime, long Runs, string? Note = null);
