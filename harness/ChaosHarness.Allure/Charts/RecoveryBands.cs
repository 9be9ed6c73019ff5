using System.Xml.Linq;
using ChaosHarness.Checkers;
using ChaosHarness.Timing;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>What recovery is judged by: how long it may take, and between which two moments it came.</summary>
internal static class RecoveryBands
{
    /// <summary>How high the words above the bands are.</summary>
    public const double WordsHeight = 32;

    /// <summary>What is drawn behind the answers.</summary>
    public static IEnumerable<XElement> Allowed(ChartedRun charted, TimeAxis axis, double top, double bottom) => Limit(charted) is { } limit && charted.LastStrike is { } strike
        ? [Box(axis.X(strike), top, axis.X(strike + limit), bottom, "rto", $"RTO {DurationText.Format(limit)}")]
        : [];

    /// <summary>What is drawn over them, and the words above.</summary>
    public static IEnumerable<XElement> Reached(ChartedRun charted, TimeAxis axis, double top, double bottom)
    {
        var signal = charted.Signal.Source;
        if (Limit(charted) is { } limit && charted.LastStrike is { } strike)
        {
            var (isInside, x, y) = (strike + limit <= axis.End, axis.X(strike + limit), top - WordsHeight + 8);
            var words = isInside ? $"RTO {DurationText.Format(limit)}" : $"RTO {DurationText.Format(limit)}, beyond this picture \u2192";
            var width = TextFit.Width(words, 11);
            var isAfter = x + 5 + width <= axis.Right;
            var start = axis.X(strike);
            // Words that stand before the end of the line interrupt it.
            yield return Line(start, y, isAfter ? x : Math.Max(x - 9 - width, start), y, "limit");
            yield return Label(isAfter ? x + 5 : x - 5, y + 4, words, "ink over", isAfter ? "start" : "end", 11);
            if (isInside)
            {
                yield return Line(x, y - 5, x, bottom, "limit");
            }
        }

        if (charted.RecoveredIn(signal) is { } recovered)
        {
            var (left, right) = (axis.X(recovered.Start), axis.X(recovered.End));
            var isServed = charted.HasRecovered(signal) == true;
            var text = isServed ? $"served again after {FigureText.ValueOf(charted.RecoveryOf(signal)!.Figure)}" : "not served again";
            yield return Box(left, top, right, bottom, isServed ? "rta" : "never", text);
            foreach (var words in Words(text, isServed ? right : left, top - WordsHeight + 15, axis))
            {
                yield return words;
            }
        }
    }

    private static IEnumerable<XElement> Words(string text, double x, double top, TimeAxis axis) => Lane.Words(text, x, x, top, axis);

    private static TimeSpan? Limit(ChartedRun charted) => charted.RecoveryOf(charted.Signal.Source)?.Objective is { } seconds ? ChartedRun.Seconds(seconds) : null;
}
