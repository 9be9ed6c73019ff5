using System.Globalization;
using System.Text;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Drills;

/// <summary>The table of a drill as Markdown, with the course of each recovery time in a line of blocks: it shows where neither pictures nor styles do.</summary>
internal static class DrillMarkdown
{
    private const string Blocks = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    public static string Write(IReadOnlyList<DrillRow> rows, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>> histories)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## DR tests: {DrillCount.Of(rows)}\n\n");
        if (rows.Count > 0)
        {
            text.Append("| Experiment | Outcome | RTO | RTA | RTA of the latest runs | RPA | TTD | Availability |\n|---|---|---:|---:|---|---:|---:|---:|\n");
        }

        foreach (var row in InOrder(rows))
        {
            var headlines = row.Headlines;
            var history = row.Series is { } series && histories.TryGetValue(series, out var runs) ? Course(runs) : "";
            string[] cells =
            [
                MarkdownText.Of(row.NumberedName), $"{Sign(row.Outcome)} {row.OutcomeText}", headlines.Rto is { } rto ? DurationText.Format(rto) : "-", MarkdownText.Of(headlines.RecoveryText), history,
                MarkdownText.Of(headlines.LossText), MarkdownText.Of(headlines.DetectionText), MarkdownText.Of(headlines.AvailabilityText),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        foreach (var row in rows.Where(row => row.HasFailed || row.Outcome != Outcome.Passed))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- **{row.OutcomeText}: {MarkdownText.Of(row.Name)}** {MarkdownText.Of(row.Why)}");
        }

        foreach (var scenario in DrillScenario.Of(rows))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- {MarkdownText.Of(scenario.ToString())}");
            foreach (var line in scenario.WhyLeftOut)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  - {MarkdownText.Of(line)}");
            }
        }

        foreach (var sentence in LeftBroken.Sentences(rows))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\n{MarkdownText.AtStart(sentence)}");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Recovery times as blocks, the longest full; x where it did not recover.</summary>
    public static string Course(IReadOnlyList<LedgerRun> runs)
    {
        var recoveries = runs.Where(run => run.IsConclusive && run.Headlines.Recovers is not null).Select(run => run.Headlines.Recovery).OfType<Bounds>().Select(recovery => recovery.Upper?.TotalSeconds).ToList();
        var longest = recoveries.Max() ?? 0;
        return string.Concat(recoveries.Select(seconds => seconds is { } value ? Blocks[longest > 0 ? (int)Math.Round(value / longest * (Blocks.Length - 1)) : 0] : 'x'));
    }

    // As they ran, but for the steps of a scenario, which stand together.
    private static IEnumerable<DrillRow> InOrder(IReadOnlyList<DrillRow> rows) => rows.GroupBy(row => DrillScenario.KeyOf(row) ?? (object)row).SelectMany(group => group.OrderBy(row => row.Record?.Step?.Number ?? 0));

    private static string Sign(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "\u2705",
        Outcome.Inconclusive => "\u26a0\ufe0f",
        _ => "\u274c",
    };
}
