using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>What the run showed that has to be mended, and what it said of earlier findings.</summary>
internal static class FindingsSection
{
    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled)
    {
        var record = drilled.Record;
        var judged = drilled.FollowUps?.Where(finding => finding.RunId != record.RunId && finding.History.Any(happened => happened.RunId == record.RunId)).ToList() ?? [];
        return
        [
            FollowUpTable.Of(drilled, FollowUpBook.MostUrgentFirst(drilled.Shown, drilled.Now).Concat(drilled.Shown.Where(finding => !finding.IsOpen)), "No finding of this run was opened."),
            .. judged.Count == 0 ? Array.Empty<PaperBlock>() : [new Words("Findings of earlier runs that this run closed or opened again:"), FollowUpTable.Of(drilled, judged, "")],
            record.Findings.Count == 0
                ? new Words($"What checkers found: {PaperCell.NotRecorded}.")
                : new Grid("What checkers found", ["Looked for", "Found"], [.. record.Findings.Select(finding => (IReadOnlyList<PaperCell>)[finding.Name, finding.Text])]),
        ];
    }
}
