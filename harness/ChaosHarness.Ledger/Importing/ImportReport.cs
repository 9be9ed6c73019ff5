using System.Globalization;

namespace ChaosHarness.Ledger.Importing;

/// <summary>What became of the journals of a folder.</summary>
/// <param name="Imported">Runs that are new in the ledger.</param>
/// <param name="AlreadyThere">Journals of runs that were in the ledger.</param>
/// <param name="Skipped">Journals that cannot be read.</param>
public sealed record ImportReport(int Imported, int AlreadyThere, IReadOnlyList<SkippedJournal> Skipped)
{
    /// <summary>In one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Imported} imported, {AlreadyThere} already there, {Skipped.Count} skipped");
}
