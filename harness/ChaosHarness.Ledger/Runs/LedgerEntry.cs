namespace ChaosHarness.Ledger.Runs;

/// <summary>A run with its details, as it is appended.</summary>
/// <param name="Run">The run.</param>
/// <param name="Details">Its details.</param>
public sealed record LedgerEntry(LedgerRun Run, RunDetails Details);
