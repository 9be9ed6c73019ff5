using System.Globalization;
using System.Xml.Linq;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Charts;

/// <summary>
/// Draws a run: availability above, latency on a logarithmic scale below, and across both the moments that matter.
/// Plain SVG with the reader's own fonts, so that it is sharp, small and searchable, and needs no font on the machine that draws it.
/// </summary>
internal static class TimelineChart
{
    private const int Buckets = 240;
    private const double Left = 64;
    private const double Right = 936;
    private const double LabelRow = 15;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Draw(ExperimentResult result)
    {
        var series = result.Observations.FirstOrDefault(candidate => candidate.Source == result.Measurements.Signal) ?? result.Observations[0];
        var end = series.Observations is [.., var last] ? last.Due : result.Duration;
        var marks = TimelineMark.Of(result).ToList();
        var top = 58 + (marks.Count * LabelRow);
        var axis = new TimeAxis(TimeSpan.Zero, end > TimeSpan.Zero ? end : TimeSpan.FromSeconds(1), Left, Right);
        var buckets = Bucket.Cut(series.Observations, axis.End, Buckets);
        var root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", Text($"0 0 960 {top + 318}")),
            new XAttribute("width", "960"),
            new XAttribute("height", Text($"{top + 318}")),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XAttribute("font-size", "12"),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", $"{result.Name}: {result.Outcome}"),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "#ffffff")),
            Label(Left, 22, result.Name, "#111827", size: 15, bold: true),
            Label(Left, 42, Summary(result), "#4b5563"));
        root.Add(AvailabilityPanel(buckets, axis, top, top + 110));
        root.Add(LatencyPanel(buckets, axis, top + 150, top + 290));
        root.Add(TimeLabels(axis, top + 290));
        root.Add(marks.SelectMany((mark, row) => Mark(mark, axis, 62 + (row * LabelRow), top + 290)));
        return root.ToString();
    }

    private static string Summary(ExperimentResult result)
    {
        var measured = result.Measurements;
        var parts = new[]
        {
            result.Outcome.ToString(),
            measured.Recovery is { } recovery ? $"RTA {recovery}" : null,
            measured.DataLoss is { } loss ? $"lost {loss}" : null,
            measured.Availability is { } availability ? $"available {availability}" : null,
        };
        return string.Join("   ·   ", parts.OfType<string>());
    }

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

    private static IEnumerable<XElement> TimeLabels(TimeAxis axis, double bottom) =>
        axis.Ticks.Select(tick => Label(axis.X(tick), bottom + 18, DurationText.Format(tick), "#6b7280", anchor: "middle"));

    // Labels near the right edge are written to the left of their line, so that none is cut off.
    private static IEnumerable<XElement> Mark(TimelineMark mark, TimeAxis axis, double labelY, double bottom)
    {
        var x = axis.X(mark.At);
        var isRight = x > (Left + Right) / 2;
        yield return new XElement(
            Line(x, labelY - 4, x, bottom, mark.Colour)).With("stroke-dasharray", "4 3");
        yield return Label(isRight ? x - 5 : x + 5, labelY, $"{mark.Text} ({DurationText.Format(mark.At)})", mark.Colour, anchor: isRight ? "end" : "start");
    }

    private static XElement With(this XElement element, string name, string value)
    {
        element.SetAttributeValue(name, value);
        return element;
    }

    private static XElement Line(double x1, double y1, double x2, double y2, string colour) => new(
        Svg + "line",
        new XAttribute("x1", Text($"{x1:0.#}")),
        new XAttribute("y1", Text($"{y1:0.#}")),
        new XAttribute("x2", Text($"{x2:0.#}")),
        new XAttribute("y2", Text($"{y2:0.#}")),
        new XAttribute("stroke", colour));

    private static XElement Polyline(IEnumerable<string> points, string colour) => new(
        Svg + "polyline",
        new XAttribute("points", string.Join(' ', points)),
        new XAttribute("fill", "none"),
        new XAttribute("stroke", colour),
        new XAttribute("stroke-width", "1.5"));

    private static XElement Label(double x, double y, string text, string colour, string anchor = "start", int size = 12, bool bold = false) => new(
        Svg + "text",
        new XAttribute("x", Text($"{x:0.#}")),
        new XAttribute("y", Text($"{y:0.#}")),
        new XAttribute("fill", colour),
        new XAttribute("text-anchor", anchor),
        new XAttribute("font-size", Text($"{size}")),
        bold ? new XAttribute("font-weight", "600") : null,
        text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
