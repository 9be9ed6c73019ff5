using System.Xml.Linq;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>
/// Draws a run: availability above, latency on a logarithmic scale below, then a bar for each fault from its injection to its revert, the steps of the run
/// at the bottom, and across them the moments that matter.
/// Plain SVG with the reader's own fonts, so that it is sharp, small and searchable, and needs no font on the machine that draws it.
/// </summary>
internal static class TimelineChart
{
    private const int Buckets = 240;
    private const double Left = 64;
    private const double Right = 936;
    private const double LabelRow = 15;
    private const double FaultRow = 18;
    private static readonly string[] Headlines = [FigureNames.RecoveryTime, FigureNames.LostWrites, FigureNames.Availability];

    public static string Draw(RunRecord result)
    {
        var series = ChartedSignal.Of(result);
        var end = series.Observations is [.., var last] ? last.Due : result.Duration;
        var marks = TimelineMark.Of(result).ToList();
        var faults = ChartedFault.Of(result);
        var faultsHeight = faults.Count * FaultRow;
        var top = 58 + (marks.Count * LabelRow);
        var axis = new TimeAxis(TimeSpan.Zero, end > TimeSpan.Zero ? end : TimeSpan.FromSeconds(1), Left, Right);
        var buckets = Bucket.Cut(series.Observations, axis.End, Buckets);
        var root = Picture(
            960,
            top + 348 + faultsHeight,
            $"{result.Name}: {result.Outcome}",
            Label(Left, 22, result.Name, "#111827", size: 15, bold: true),
            Label(Left, 42, Summary(result), "#4b5563"));
        root.Add(AvailabilityPanel(buckets, axis, top, top + 110));
        root.Add(LatencyPanel(buckets, axis, top + 150, top + 290));
        root.Add(TimeLabels(axis, top + 290));
        root.Add(faults.SelectMany((fault, row) => Fault(fault, axis, top + 318 + (row * FaultRow))));
        root.Add(Phases(result, axis, top + 322 + faultsHeight));
        root.Add(marks.SelectMany((mark, row) => Marker(mark, axis, 62 + (row * LabelRow), top + 290)));
        return root.ToString();
    }

    private static string Summary(RunRecord result) => string.Join("   ·   ", result.Figures
        .Select(recorded => recorded.Figure)
        .Where(figure => Headlines.Contains(figure.Name))
        .Select(figure => $"{FigureText.NameOf(figure)}: {FigureText.ValueOf(figure)}")
        .Prepend(result.Outcome.ToString()));

    private static IEnumerable<XElement> AvailabilityPanel(IReadOnlyList<Bucket> buckets, TimeAxis axis, double top, double bottom)
    {
        double Y(double share) => bottom - (share * (bottom - top));
        yield return Label(Left, top - 6, "available", "#374151", bold: true);
        foreach (var share in new[] { 0, 0.5, 1 })
        {
            yield return Line(Left, Y(share), Right, Y(share), "#e5e7eb");
            yield return Label(Left - 8, Y(share) + 4, Text($"{share * 100:0}%"), "#6b7280", anchor: "end");
        }

        var points = buckets.Select(bucket => Text($"{axis.X(bucket.At):0.#},{Y(bucket.Availability):0.#}")).ToList();
        if (points.Count > 0)
        {
            var area = $"{Text($"{axis.X(buckets[0].At):0.#},{bottom:0.#}")} {string.Join(' ', points)} {Text($"{axis.X(buckets[^1].At):0.#},{bottom:0.#}")}";
            yield return new XElement(Svg + "polygon", new XAttribute("points", area), new XAttribute("fill", "#dcfce7"));
            yield return Polyline(points, "#16a34a");
        }
    }

    private static IEnumerable<XElement> LatencyPanel(IReadOnlyList<Bucket> buckets, TimeAxis axis, double top, double bottom)
    {
        var scale = new LogScale(buckets, top, bottom);
        yield return Label(Left, top - 6, "latency from due time: median and slowest", "#374151", bold: true);
        foreach (var tick in scale.Ticks)
        {
            yield return Line(Left, scale.Y(tick), Right, scale.Y(tick), "#e5e7eb");
            yield return Label(Left - 8, scale.Y(tick) + 4, DurationText.Format(tick), "#6b7280", anchor: "end");
        }

        yield return Polyline(buckets.Select(bucket => Text($"{axis.X(bucket.At):0.#},{scale.Y(bucket.Maximum):0.#}")), "#f59e0b");
        yield return Polyline(buckets.Select(bucket => Text($"{axis.X(bucket.At):0.#},{scale.Y(bucket.Median):0.#}")), "#2563eb");
    }

    private static IEnumerable<XElement> Phases(RunRecord result, TimeAxis axis, double top)
    {
        foreach (var phase in result.Phases.Where(phase => phase.Status != PhaseStatus.Skipped && phase.Window.Length > TimeSpan.Zero))
        {
            var (left, right) = (axis.X(phase.Window.Start), axis.X(phase.Window.End));
            var isWell = phase.Status == PhaseStatus.Passed;
            yield return new XElement(
                Svg + "rect",
                new XAttribute("x", Text($"{left:0.#}")),
                new XAttribute("y", Text($"{top}")),
                new XAttribute("width", Text($"{Math.Max(right - left, 1):0.#}")),
                new XAttribute("height", "18"),
                new XAttribute("fill", isWell ? "#e0e7ff" : "#fee2e2"),
                new XAttribute("stroke", isWell ? "#818cf8" : "#f87171"),
                new XElement(Svg + "title", Text($"{phase.Name}: {phase.Status}, {DurationText.Format(phase.Window.Length)}")));
            // A name that does not fit is in the tooltip only.
            if (right - left > phase.Name.ToString().Length * 7)
            {
                yield return Label((left + right) / 2, top + 13, phase.Name.ToString(), "#374151", anchor: "middle");
            }
        }
    }

    private static IEnumerable<XElement> Fault(ChartedFault fault, TimeAxis axis, double top)
    {
        var (left, right) = (axis.X(fault.Injected.Start), axis.X(fault.Reverted?.End ?? axis.End));
        var colour = fault.IsWeakness ? "#fde68a" : "#fecaca";
        var times = $"{DurationText.Format(fault.Injected.Start)} to {(fault.Reverted is { } reverted ? DurationText.Format(reverted.End) : "the end, not reverted")}";
        yield return new XElement(
            Svg + "rect",
            new XAttribute("class", "fault"),
            new XAttribute("x", Text($"{left:0.#}")),
            new XAttribute("y", Text($"{top:0.#}")),
            new XAttribute("width", Text($"{Math.Max(right - left, 1):0.#}")),
            new XAttribute("height", Text($"{FaultRow - 4}")),
            new XAttribute("fill", colour),
            new XElement(Svg + "title", Printable($"{fault.Name}: {times}")));
        var isRight = left > (axis.Left + axis.Right) / 2;
        yield return Label(isRight ? right - 4 : left + 4, top + 11, fault.Name, "#7f1d1d", anchor: isRight ? "end" : "start", size: 11);
    }

    private static IEnumerable<XElement> TimeLabels(TimeAxis axis, double bottom) =>
        axis.Ticks.Select(tick => Label(axis.X(tick), bottom + 18, DurationText.Format(tick), "#6b7280", anchor: "middle"));
}
