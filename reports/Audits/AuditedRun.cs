using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>A run with all that a pack of evidence is made of.</summary>
/// <param name="Drilled">The run with its findings.</param>
/// <param name="Place">Where it stands in the ledger; null when that could not be asked.</param>
/// <param name="WrittenBy">What writes the pack, with its version.</param>
internal sealed record AuditedRun(DrilledRun Drilled, LedgerPlace? Place, string WrittenBy)
{
    /// <summary>The files that the pack has beside the report, as far as they are known when that is written.</summary>
    public IReadOnlyList<ManifestFile> Files { get; init; } = [];
}
