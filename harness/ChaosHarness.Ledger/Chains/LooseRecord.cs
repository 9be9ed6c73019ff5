namespace ChaosHarness.Ledger.Chains;

/// <summary>A record that was not written after the one that it stands after.</summary>
/// <param name="Record">The record.</param>
/// <param name="Before">What it stands after.</param>
internal sealed record LooseRecord(RecordRow Record, RecordRow Before);
