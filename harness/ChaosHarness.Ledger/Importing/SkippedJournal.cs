namespace ChaosHarness.Ledger.Importing;

/// <summary>A journal that was not imported.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why not.</param>
public sealed record SkippedJournal(string Path, string Reason);
