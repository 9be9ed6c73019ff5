using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ChaosHarness.Timing;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>How long good answers took, on a logarithmic scale, and apart from them after how long the others were known to have failed.</summary>
internal static class LatencyPanel
{
    private const double Height = 120;

    public static Panel Of(IReadOnlyList<Bucket> buckets, TimeAxis axis) => new(Height + 14, top => Draw(buckets, axis, top, top + Height), ShowsAnswers: true);

    private static IEnumerable<XElement> Draw(IReadOnlyList<Bucket> buckets, TimeAxis axis, double top, double bottom)
    {
        var scale = new LogScale(buckets.SelectMany(bucket => new[] { bucket.Median, bucket.Slowest, bucket.Failed }).OfType<TimeSpan>(), top, bottom);
        yield return Label(16, top + 12, "latency", "ink", bold: true);
        yield return Label(16, top + 27, "from due time", size: 11);
        foreach (var tick in scale.Ticks)
        {
            yield return Line(axis.Left, scale.Y(tick), axis.Right, scale.Y(tick), "grid");
            yield return Label(axis.Left - 8, scale.Y(tick) + 4, DurationText.Format(tick), anchor: "end", size: 11);
        }

        foreach (var line in Path("slowest", Course(buckets, axis, bucket => bucket.Slowest, scale)).Concat(Path("median", Course(buckets, axis, bucket => bucket.Median, scale))))
        {
            yield return line;
        }

        foreach (var crosses in Path("failed", string.Concat(buckets.Where(bucket => bucket.Failed is not null).Select(bucket => Text($"M{axis.X(bucket.Middle) - 2:0.#} {scale.Y(bucket.Failed!.Value) - 2:0.#}l4 4m0-4l-4 4")))))
        {
            yield return crosses;
        }
    }

    // Broken where there was no good answer: there is no latency in between.
    private static string Course(IReadOnlyList<Bucket> buckets, TimeAxis axis, Func<Bucket, TimeSpan?> latency, LogScale scale)
    {
        var path = new StringBuilder();
        var isDown = false;
        foreach (var bucket in buckets)
        {
            if (latency(bucket) is not { } value)
            {
                isDown = false;
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{axis.X(bucket.Middle):0.#} {scale.Y(value):0.#}{(isDown ? "" : "h.1")}");
            isDown = true;
        }

        return path.ToString();
    }
}
