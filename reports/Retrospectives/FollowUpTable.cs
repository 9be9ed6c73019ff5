using System.Globalization;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>What has to be mended, as the ledger keeps it.</summary>
internal static class FollowUpTable
{
    /// <summary>Findings with their state; words where there are none, or nobody could be asked.</summary>
    /// <param name="drilled">The run.</param>
    /// <param name="findings">Those that are shown.</param>
    /// <param name="none">What is said where there are none.</param>
    public static PaperBlock Of(DrilledRun drilled, IEnumerable<FollowUp> findings, string none)
    {
        var rows = findings.Select(finding => Row(finding, drilled.Now)).ToList();
        return drilled.FollowUps is null ? new Words($"Findings: {PaperCell.NotRecorded}, {drilled.WhyNoLedger ?? "as no ledger was asked"}.")
            : rows.Count == 0 ? new Words(none)
            : new Grid(null, ["Finding", "Severity", "Owner", "Due", "State"], rows);
    }

    private static IReadOnlyList<PaperCell> Row(FollowUp finding, DateTimeOffset now) =>
    [
        $"{finding.Id}: {finding.Text}",
        finding.Severity.ToString().ToLowerInvariant(),
        finding.Owner,
        finding.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        new PaperCell(State(finding, now)) { IsGood = finding.IsOverdue(now) ? false : finding.IsOpen ? null : true },
    ];

    private static string State(FollowUp finding, DateTimeOffset now)
    {
        var late = finding.IsOverdue(now) ? string.Create(CultureInfo.InvariantCulture, $", {finding.DaysLate(now)} days late") : "";
        var opened = string.Create(CultureInfo.InvariantCulture, $"opened {finding.OpenedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {finding.OpenedBy}");
        return string.Join("; ", finding.History.Select(happened => happened.ToString()).Prepend($"{(finding.IsOpen ? "open" : "closed")}{late}; {opened}"));
    }
}
