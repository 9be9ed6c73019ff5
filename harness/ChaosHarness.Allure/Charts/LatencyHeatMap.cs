using System.Globalization;
using System.Xml.Linq;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>
/// Draws how the latencies of a run were spread over time: the stronger a cell, the larger the share of the requests due then that took so long. A median
/// hides that half of the customers wait; here two groups are two bands. What failed has a colour of its own: a refusal within a millisecond is not fast.
/// </summary>
internal static class LatencyHeatMap
{
    private const int Columns = 120;
    private const int RowsPerDecade = 5;
    private const double Left = 96;
    private const double Right = 936;
    private const double RowHeight = 11;
    private const double Top = 96;
    private static readonly string[] Shares = ["under 2%", "2 to 10%", "10 to 30%", "30 to 60%", "over 60%"];

    public static string Draw(RunRecord run)
    {
        var charted = new ChartedRun(run);
        var axis = new TimeAxis(charted.Zero, charted.End, Left, Right);
        var cells = Cells(charted.Signal, axis.End);
        var objectives = Objectives(run, charted.Signal.Source).ToList();
        var rows = cells.Select(cell => cell.Row).Concat(objectives.Select(objective => RowOf(objective.Limit))).DefaultIfEmpty(-RowsPerDecade).ToList();
        // Whole powers of ten, so that the axis can be read.
        var lowest = (int)Math.Floor((double)rows.Min() / RowsPerDecade) * RowsPerDecade;
        var highest = ((int)Math.Floor((double)rows.Max() / RowsPerDecade) + 1) * RowsPerDecade;
        var bottom = Top + ((highest - lowest) * RowHeight);
        double Y(double row) => bottom - ((row - lowest) * RowHeight);

        List<XElement> drawn =
        [
            .. TextFit.Lines(Printable(run.Name), Width - 32, TextFit.Bold(16), 1).Select(line => Label(16, 26, line, "ink", size: 16, bold: true, whole: run.Name)),
            Label(16, 46, $"{charted.Signal.Source}: latency from due time; the stronger, the larger the share of the requests due at that time"),
            Label(16, Top - 8, charted.Strikes.Count > 0 ? "from the injection" : "from the start", size: 11),
            .. axis.Ticks.SelectMany(tick => new[] { Line(axis.X(tick), Top - 4, axis.X(tick), bottom, "grid"), Label(axis.X(tick), Top - 8, axis.Read(tick), anchor: "middle", size: 11) }),
            .. Enumerable.Range(lowest / RowsPerDecade, ((highest - lowest) / RowsPerDecade) + 1).SelectMany(power => new[]
            {
                Line(Left, Y(power * RowsPerDecade), Right, Y(power * RowsPerDecade), "grid"),
                Label(Left - 8, Y(power * RowsPerDecade) + 4, DurationText.Format(TimeSpan.FromSeconds(Math.Pow(10, power))), anchor: "end", size: 11),
            }),
            .. cells.GroupBy(cell => (cell.IsGood, cell.Shade)).OrderBy(group => group.Key).SelectMany(group => Path(
                (group.Key.IsGood ? "g" : "b") + group.Key.Shade.ToString(CultureInfo.InvariantCulture),
                string.Concat(group.Select(cell => Stroke(cell, Y(cell.Row + 1)))))),
            .. objectives.SelectMany(objective => new[]
            {
                Line(Left, Y(RowOf(objective.Limit, exact: true)), Right, Y(RowOf(objective.Limit, exact: true)), "limit"),
                Label(Right - 4, Y(RowOf(objective.Limit, exact: true)) - 4, objective.Words, "ink over", "end", 11),
            }),
            .. charted.Strikes.Select(strike => Line(axis.X(strike), Top - 4, axis.X(strike), bottom, "strike")),
        ];
        return Picture(bottom + 52, $"Latencies of {run.Name}", $"How the latencies of {charted.Signal.Source} were spread over time", [.. drawn, .. Key(bottom + 14, "good", "g"), .. Key(bottom + 32, "failed", "b")]).ToString();
    }

    // What percentiles of the latency were held against.
    private static IEnumerable<(TimeSpan Limit, string Words)> Objectives(RunRecord run, string signal) => run.Figures
        .Where(recorded => recorded.Objective is > 0 and < 1e9 && recorded.Figure.Unit == Unit.Seconds && recorded.Figure.Subject == signal && recorded.Figure.Name.StartsWith("latency p", StringComparison.Ordinal))
        .Select(recorded => (TimeSpan.FromSeconds(recorded.Objective!.Value), $"{recorded.Figure.Name["latency ".Length..]} within {DurationText.Format(TimeSpan.FromSeconds(recorded.Objective.Value))}"));

    private static int RowOf(TimeSpan latency) => (int)Math.Floor(RowOf(latency, exact: true));

    // A hair more, so that what is a power of ten stands above its line.
    private static double RowOf(TimeSpan latency, bool exact) => (Math.Log10(Math.Clamp(latency.TotalSeconds, 1e-5, 1e6)) * RowsPerDecade) + (exact ? 1e-9 : 0);

    private static List<Cell> Cells(ObservationSeries series, TimeSpan end) =>
    [
        .. series.Observations.GroupBy(observation => (int)Math.Clamp(observation.Due / end * Columns, 0, Columns - 1)).SelectMany(column =>
        {
            var due = column.Count();
            var groups = column.GroupBy(observation => (Row: RowOf(observation.Latency), observation.IsGood)).ToList();
            var shared = groups.GroupBy(group => group.Key.Row).Where(row => row.Count() > 1).Select(row => row.Key).ToHashSet();
            return groups.Select(group => new Cell(column.Key, group.Key.Row, group.Key.IsGood, ShadeOf((double)group.Count() / due), shared.Contains(group.Key.Row)));
        }),
    ];

    private static int ShadeOf(double share) => share switch
    {
        < 0.02 => 0,
        < 0.1 => 1,
        < 0.3 => 2,
        < 0.6 => 3,
        _ => 4,
    };

    // One path a shade: thousands of rectangles would make the file ten times as large.
    private static string Stroke(Cell cell, double y)
    {
        const double Column = (Right - Left) / Columns;
        var width = cell.IsShared ? Column / 2 : Column;
        var left = Left + (cell.Column * Column) + (cell is { IsShared: true, IsGood: false } ? width : 0);
        return Text($"M{left:0.##} {y:0.#}h{width:0.##}v{RowHeight}h-{width:0.##}z");
    }

    private static IEnumerable<XElement> Key(double y, string name, string kind)
    {
        yield return Label(Left - 8, y + 10, name, anchor: "end", size: 11);
        for (var shade = 0; shade < Shares.Length; shade++)
        {
            var x = Left + (shade * 110);
            yield return Box(x, y, x + 14, y + 12, Text($"{kind}{shade}"));
            yield return Label(x + 20, y + 10, Shares[shade], size: 11);
        }
    }

    /// <summary>Requests that were due in one stretch and took about as long.</summary>
    private readonly record struct Cell(int Column, int Row, bool IsGood, int Shade, bool IsShared);
}
