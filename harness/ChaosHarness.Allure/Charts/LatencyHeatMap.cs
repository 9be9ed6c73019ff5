using System.Xml.Linq;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>
/// Draws how the latencies of a run were spread over time: the darker a cell, the larger the share of the requests due then that took so long.
/// A median hides that half of the customers wait; here two groups are two bands.
/// </summary>
internal static class LatencyHeatMap
{
    private const int Columns = 120;
    private const int RowsPerDecade = 5;
    private const double Left = 64;
    private const double Right = 936;
    private const double RowHeight = 11;
    private const double LabelRow = 15;
    private static readonly string[] Shades = ["#dbeafe", "#93c5fd", "#3b82f6", "#1d4ed8", "#172554"];

    public static string Draw(RunRecord result)
    {
        var series = ChartedSignal.Of(result);
        var end = series.Observations is [.., var last] && last.Due > TimeSpan.Zero ? last.Due : TimeSpan.FromSeconds(1);
        var marks = TimelineMark.Of(result).ToList();
        var top = 64 + (marks.Count * LabelRow);
        var cells = Cells(series.Observations.Select(observation => (Column: (int)Math.Min(observation.Due / end * Columns, Columns - 1), Row: RowOf(observation.Latency))));
        var (lowest, highest) = cells.Count == 0 ? (-15, 0) : (cells.Min(cell => cell.Row), cells.Max(cell => cell.Row));
        var bottom = top + ((highest - lowest + 1) * RowHeight);
        double Y(int row) => bottom - ((row - lowest + 1) * RowHeight);
        var axis = new TimeAxis(TimeSpan.Zero, end, Left, Right);
        var root = Picture(
            960,
            bottom + 60,
            $"Latencies of {result.Name}",
            Label(Left, 22, "Latency from due time, share of the requests due at the time", "#111827", size: 15, bold: true),
            Label(Left, 42, result.Name, "#4b5563"));
        root.Add(cells.GroupBy(cell => cell.Shade).OrderBy(shade => shade.Key).Select(shade => Cells(shade.Key, shade.Select(cell => (cell.Column, Y(cell.Row))))));
        root.Add(Enumerable.Range(lowest, highest - lowest + 2).Where(row => (row - lowest) % RowsPerDecade == 0)
            .Select(row => Label(Left - 8, Y(row) + RowHeight + 4, DurationText.Format(TimeSpan.FromSeconds(Math.Pow(10, (double)row / RowsPerDecade))), "#6b7280", anchor: "end")));
        root.Add(axis.Ticks.Select(tick => Label(axis.X(tick), bottom + 18, DurationText.Format(tick), "#6b7280", anchor: "middle")));
        root.Add(Legend(bottom + 34));
        root.Add(marks.SelectMany((mark, index) => Marker(mark, axis, 62 + (index * LabelRow), bottom)));
        return root.ToString();
    }

    private static int RowOf(TimeSpan latency) => (int)Math.Floor(Math.Log10(Math.Max(latency.TotalSeconds, 1e-5)) * RowsPerDecade);

    private static List<(int Column, int Row, int Shade)> Cells(IEnumerable<(int Column, int Row)> observations) =>
    [
        .. observations.GroupBy(observation => observation.Column).SelectMany(column =>
        {
            var due = column.Count();
            return column.GroupBy(observation => observation.Row).Select(row => (column.Key, row.Key, ShadeOf((double)row.Count() / due)));
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
    private static XElement Cells(int shade, IEnumerable<(int Column, double Y)> cells)
    {
        const double Width = (Right - Left) / Columns;
        return new XElement(
            Svg + "path",
            new XAttribute("fill", Shades[shade]),
            new XAttribute("d", string.Concat(cells.Select(cell => Text($"M{Left + (cell.Column * Width):0.#} {cell.Y:0.#}h{Width:0.##}v{RowHeight}h-{Width:0.##}z")))));
    }

    private static IEnumerable<XElement> Legend(double y)
    {
        string[] shares = ["under 2%", "2 to 10%", "10 to 30%", "30 to 60%", "over 60%"];
        for (var shade = 0; shade < Shades.Length; shade++)
        {
            var x = Left + (shade * 110);
            yield return new XElement(
                Svg + "rect",
                new XAttribute("x", Text($"{x}")),
                new XAttribute("y", Text($"{y}")),
                new XAttribute("width", "14"),
                new XAttribute("height", "12"),
                new XAttribute("fill", Shades[shade]));
            yield return Label(x + 20, y + 10, shares[shade], "#6b7280");
        }
    }
}
