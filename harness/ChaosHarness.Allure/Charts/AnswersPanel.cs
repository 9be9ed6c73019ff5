using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ChaosHarness.Experiments;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>Which share of the requests was answered well from moment to moment: what failed hangs from above.</summary>
internal static class AnswersPanel
{
    private const double Height = 84;

    public static Panel Of(ObservationSeries series, IReadOnlyList<Bucket> buckets, TimeAxis axis) => new(Height + 14, top => Draw(series.Source, buckets, axis, top, top + Height), ShowsAnswers: true);

    /// <summary>The same in one row, for the signals that were watched beside.</summary>
    public static Panel Strip(ObservationSeries series, IReadOnlyList<Bucket> buckets, TimeAxis axis) => Lane.Of(series.Source, axis, (top, bottom) => Shares(buckets, axis, top, bottom));

    private static IEnumerable<XElement> Draw(string source, IReadOnlyList<Bucket> buckets, TimeAxis axis, double top, double bottom) =>
    [
        .. TextFit.Lines(Printable(source), axis.Left - 66, TextFit.Bold(12), 3).Select((line, row) => Label(16, top + 12 + (row * 14), line, "ink", bold: true, whole: row == 0 ? source : null)),
        Label(16, bottom, "answered", size: 11),
        .. Shares(buckets, axis, top, bottom),
        .. new[] { 0, 0.5, 1 }.SelectMany(share => Share(share, bottom - (share * (bottom - top)), axis)),
    ];

    private static IEnumerable<XElement> Share(double share, double y, TimeAxis axis) => [Line(axis.Left, y, axis.Right, y, "grid"), Label(axis.Left - 8, y + 4, Text($"{share * 100:0}%"), anchor: "end", size: 11)];

    private static IEnumerable<XElement> Shares(IReadOnlyList<Bucket> buckets, TimeAxis axis, double top, double bottom)
    {
        var (good, bad) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < buckets.Count; i++)
        {
            // Up to the next one, so that rounding leaves no white lines; never over a stretch in which nothing was due.
            var end = i + 1 < buckets.Count && buckets[i + 1].Start < buckets[i].End * 1.0001 ? buckets[i + 1].Start : buckets[i].End;
            var (left, right) = (axis.X(buckets[i].Start), axis.X(end));
            var y = bottom - (buckets[i].Good * (bottom - top));
            Append(good, left, y, right, bottom);
            Append(bad, left, top, right, y);
        }

        return [.. Path("good", good.ToString()), .. Path("bad", bad.ToString())];
    }

    private static void Append(StringBuilder path, double left, double top, double right, double bottom)
    {
        if (bottom - top >= 0.05)
        {
            path.Append(CultureInfo.InvariantCulture, $"M{left:0.#} {top:0.#}H{right:0.#}V{bottom:0.#}H{left:0.#}z");
        }
    }
}
