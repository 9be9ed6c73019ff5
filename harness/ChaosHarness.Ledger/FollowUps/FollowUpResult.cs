namespace ChaosHarness.Ledger.FollowUps;

/// <summary>What became of an attempt to open or to close a finding.</summary>
/// <param name="FollowUp">The finding as it is now; null when there is none.</param>
/// <param name="Refusal">Why it was not done; null when it was.</param>
public sealed record FollowUpResult(FollowUp? FollowUp, string? Refusal);
