using System.Globalization;
using System.Text;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Statistics;
using static ChaosHarness.Reports.Pages.Figures;

namespace ChaosHarness.Reports.Pages;

/// <summary>
/// The charts of one experiment as inline SVG. Each kind of mark is one path: two hundred experiments have to fit into a page that opens at once.
/// What they show is said in words too, for those who do not see them.
/// </summary>
internal static class RunCharts
{
    private const double Width = 320;
    private const double Left = 44;
    private const double Top = 8;
    private const double Bottom = 96;
    private const double Step = (Width - Left - 6) / ScorecardReader.RunsShown;

    /// <summary>Each run as the interval in which its RTA lies, on a logarithmic scale, against the RTO.</summary>
    public static Html Recovery(IReadOnlyList<LedgerRun> runs, double? rto)
    {
        var measured = runs.Select((run, index) => (run.Headlines, run.Outcome, X: Place(index, runs.Count))).Where(entry => entry.Headlines.Recovers is not null && entry.Outcome is Outcome.Passed or Outcome.Failed)
            .Select(entry => (entry.Headlines.Recovery, entry.Outcome, entry.X)).ToList();
        if (measured.Count == 0)
        {
            return Html.Of($"""<p class="none">No recovery was measured yet.</p>""");
        }

        var finite = measured.SelectMany(entry => new[] { entry.Recovery!.Value.Lower.TotalSeconds, entry.Recovery.Value.Upper?.TotalSeconds ?? 0 }).Append(rto ?? 0).Where(value => value > 0).DefaultIfEmpty(1).ToList();
        var low = Math.Log10(Math.Max(finite.Min() * 0.8, 0.001));
        var high = Math.Max(Math.Log10(finite.Max() * 1.25), low + 0.5);
        double Y(double seconds) => Bottom - ((Math.Clamp(Math.Log10(Math.Max(seconds, 0.001)), low, high) - low) / (high - low) * (Bottom - Top));

        var (good, bad, never) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        foreach (var (recovery, outcome, x) in measured)
        {
            var bounds = recovery!.Value;
            if (bounds.Upper is { } upper)
            {
                // At least as high as wide: an interval of a millisecond has to be seen.
                var (from, to) = (Y(bounds.Lower.TotalSeconds), Y(upper.TotalSeconds));
                (outcome == Outcome.Passed ? good : bad).Append(CultureInfo.InvariantCulture, $"M{x:0.#} {Math.Max(from, to + 3):0.#}V{to:0.#}");
            }
            else
            {
                never.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {Y(bounds.Lower.TotalSeconds):0.#}V{Top}l-2 4m2-4l2 4");
            }
        }

        var upperBounds = measured.Select(entry => entry.Recovery!.Value.Upper?.TotalSeconds ?? double.PositiveInfinity).ToList();
        var words = $"RTA of {Count(measured.Count, "run", "runs")}: median {Seconds(Quantile.Median(upperBounds))}, longest {Seconds(upperBounds.Max())}{(rto is { } objective ? $", RTO {Seconds(objective)}" : "")}";
        return Html.Of($"""
            <svg viewBox="0 0 320 104" role="img" aria-label="{words}"><text x="{Left - 4:0}" y="{Top + 4:0}" class="t">{Seconds(Math.Pow(10, high))}</text><text x="{Left - 4:0}" y="{Bottom + 2:0}" class="t">{Seconds(Math.Pow(10, low))}</text><path class="axis" d="M{Left:0} {Top:0}V{Bottom:0}H{Width:0}"/>{Line(rto is { } line ? Y(line) : null)}{Path("p", good)}{Path("f", bad)}{Path("f", never)}</svg>
            """);
    }

    /// <summary>One mark a run: low when it passed, high when it failed, half high and light when it says nothing.</summary>
    public static Html Outcomes(IReadOnlyList<LedgerRun> runs)
    {
        var marks = runs.Select((run, index) => (run.Outcome, X: Place(index, runs.Count))).ToList();
        var words = "Outcomes, the latest last: " + string.Join(", ", marks.GroupBy(mark => mark.Outcome).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")));
        return Html.Of($"""
            <svg viewBox="0 0 320 18" role="img" class="strip" aria-label="{words}">{Marks("p", marks.Where(mark => mark.Outcome == Outcome.Passed), 12)}{Marks("f", marks.Where(mark => mark.Outcome == Outcome.Failed), 2)}{Marks("q", marks.Where(mark => mark.Outcome is not (Outcome.Passed or Outcome.Failed)), 8)}</svg>
            """);
    }

    /// <summary>The course of one value, from its smallest to its largest; nothing when it has none.</summary>
    public static Html Spark(IReadOnlyList<LedgerRun> runs, Func<LedgerRun, double?> read, string what)
    {
        var values = runs.Select((run, index) => (Value: read(run), X: 60.0 * (index + ScorecardReader.RunsShown - runs.Count) / ScorecardReader.RunsShown)).Where(entry => entry.Value is not null && double.IsFinite(entry.Value.Value)).ToList();
        if (values.Count < 2)
        {
            return Html.Empty;
        }

        var (low, high) = (values.Min(entry => entry.Value!.Value), values.Max(entry => entry.Value!.Value));
        if (high <= low)
        {
            return Html.Empty;
        }

        double Y(double value) => 14 - ((value - low) / (high - low) * 12);
        var line = new StringBuilder();
        foreach (var (value, x) in values)
        {
            line.Append(CultureInfo.InvariantCulture, $"{(line.Length == 0 ? 'M' : 'L')}{x:0.#} {Y(value!.Value):0.#}");
        }

        return Html.Of($"""<svg viewBox="0 0 60 16" class="spark" role="img" aria-label="Course of {what} over {Count(values.Count, "run", "runs")}">{Path("s", line)}</svg>""");
    }

    // The newest run is always at the right.
    private static double Place(int index, int count) => Left + 4 + ((index + ScorecardReader.RunsShown - count) * Step);

    private static Html Line(double? y) => y is { } at ? Html.Of($"""<path class="rto" d="M{Left:0} {at:0.#}H{Width:0}"/><text x="{Width:0}" y="{(at < Top + 12 ? at + 10 : at - 3):0.#}" class="t">RTO</text>""") : Html.Empty;

    private static Html Path(string kind, StringBuilder path) => path.Length > 0 ? Html.Of($"""<path class="{kind}" d="{path.ToString()}"/>""") : Html.Empty;

    private static Html Marks(string kind, IEnumerable<(Outcome Outcome, double X)> marks, int top)
    {
        var path = new StringBuilder();
        foreach (var (_, x) in marks)
        {
            path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} 17V{top}");
        }

        return Path(kind, path);
    }
}
