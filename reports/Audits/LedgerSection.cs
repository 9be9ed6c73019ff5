using System.Globalization;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Reports.Pages;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Audits;

/// <summary>Where the record stands in the chain of hashes, and what that proves.</summary>
internal static class LedgerSection
{
    private const int MostBreaks = 20;

    public static IReadOnlyList<PaperBlock> Of(AuditedRun audited)
    {
        if (audited.Place is not { } place)
        {
            return [new Words($"Place in a ledger: {PaperCell.NotRecorded}, {audited.Drilled.WhyNoLedger ?? "as no ledger was asked"}. Nothing but the hashes of {AuditSections.Named(AuditSections.Files)} says that the journal is as it was written.")];
        }

        return
        [
            Grid.OfFacts(
                ["Ledger", LedgerName.Of(place.Ledger)],
                ["Record of the run", place.Run is { } run ? $"number {Number(run.Record)} of {Number(place.Chain.Head?.Records ?? 0)}" : "none: the ledger does not have the run"],
                ["Hash of the record", place.Run?.Hash],
                ["Written to the ledger", place.Run is { } written ? Utc(written.RecordedAt) : null],
                ["The journal of this pack", Journal(place.Run)],
                ["The whole chain", Chain(place.Chain)],
                ["Head of the chain", place.Chain.Head?.Hash]),
            .. place.Chain.Breaks.Count == 0 ? Array.Empty<PaperBlock>() : [new Points([.. place.Chain.Breaks.Take(MostBreaks).Select(found => found.ToString())])],
            new Words($"Each record of a ledger has a hash over all that it keeps of a run and over the hash of the record before. Whoever may write to the database could make all of them anew: that none did since now says chaos ledger verify --head with the head above, as long as this paper is kept where they cannot reach it. Not in the hash are single requests and logs of the journal: {AuditSections.Named(AuditSections.Files)} has the hash of the whole file as it is in this pack."),
        ];
    }

    private static PaperCell Journal(ChainedRun? run) => run switch
    {
        null => PaperCell.NotRecorded,
        { Differing.Count: 0, FoundAt: { } foundAt } => new PaperCell($"hashed again, it gives the same hash; it was hashed as it was found {Utc(foundAt)}, and what became of it before nobody can tell") { IsGood = true },
        { Differing.Count: 0 } => new PaperCell("hashed again in this place, it gives the same hash: it says what was recorded") { IsGood = true },
        { Differing: var differing } => new PaperCell($"does not say what was recorded: {string.Join(", ", differing)}") { IsGood = false },
    };

    private static PaperCell Chain(ChainReport chain) => chain.IsWhole
        ? new PaperCell($"is as it was written, {Number(chain.Head?.Records ?? 0)} records") { IsGood = true }
        : new PaperCell($"is not as it was written: {Number(chain.Breaks.Count)} things, of which at most {MostBreaks} are named below") { IsGood = false };

    private static string Number(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
