using System.Xml.Linq;
using ChaosHarness.Experiments;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>What the system said of itself: who noticed and until when, what its breakers did, who became primary.</summary>
internal static class SignalLanes
{
    private const string OpenState = "Open";
    private const string HalfOpenState = "HalfOpen";
    private const string ClosedState = "Closed";

    public static IEnumerable<Panel> Of(ChartedRun charted, TimeAxis axis)
    {
        var said = charted.Run.Timeline;
        List<Panel> lanes =
        [
            .. said.Where(entry => entry.Kind is TimelineKind.Detection or TimelineKind.Recovery).GroupBy(entry => entry.Source)
                .Where(source => source.Any(entry => entry.Kind == TimelineKind.Detection)).Select(source => Alarm(source.Key, [.. source], charted, axis)),
            .. said.Where(entry => entry.Kind == TimelineKind.Breaker).GroupBy(entry => entry.Source).Select(source => Breaker(source.Key, [.. source], axis)),
            .. said.Where(entry => entry.Kind == TimelineKind.Promotion).ToList() is { Count: > 0 } promotions ? [Promotions(promotions, axis)] : Array.Empty<Panel>(),
        ];
        return lanes.Count == 0 ? [] : lanes.Prepend(Lane.Heading("what the system said"));
    }

    // From its noticing to its saying that all is well.
    private static Panel Alarm(string source, List<TimelineEvent> entries, ChartedRun charted, TimeAxis axis) => Lane.Of(source, axis, (top, bottom) =>
    {
        var drawn = new List<XElement>();
        TimeSpan? since = null;
        var isSaid = false;
        foreach (var entry in entries)
        {
            if (entry.Kind == TimelineKind.Detection)
            {
                since ??= entry.At;
            }
            else if (since is { } began)
            {
                Noticed(began, entry.At, axis.Read(entry.At));
                since = null;
            }
        }

        if (since is { } open)
        {
            Noticed(open, axis.End, "the end");
        }

        return drawn;

        void Noticed(TimeSpan start, TimeSpan end, string until)
        {
            drawn.Add(Box(axis.X(start), top, axis.X(end), bottom, "noticed", $"{source} noticed: {axis.Read(start)} to {until}"));
            // What time it took is said once: of the first notice of what was injected.
            if (!isSaid && start >= charted.Zero && charted.Strikes.Count > 0)
            {
                isSaid = true;
                drawn.AddRange(Lane.Words($"noticed {axis.Read(start)}", axis.X(start), axis.X(end), top, axis));
            }
        }
    });

    // Nothing is drawn before it first said what state it is in: nobody knows.
    private static Panel Breaker(string breaker, IReadOnlyList<TimelineEvent> entries, TimeAxis axis) => Lane.Of(breaker, axis, (top, bottom) =>
        entries.SelectMany((entry, index) =>
        {
            var (left, right) = (axis.X(entry.At), index + 1 < entries.Count ? axis.X(entries[index + 1].At) : axis.Right);
            var kind = entry.Detail switch { OpenState => "open", HalfOpenState => "half", ClosedState => "closed", _ => "state" };
            var box = Box(left, top, right, bottom, kind, $"{breaker}: {entry.Detail} {axis.Read(entry.At)}");
            return TextFit.Width(entry.Detail, 11) + 8 <= right - left ? [box, Label(left + 4, top + 11, entry.Detail, kind is "open" ? "on" : "ink", size: 11)] : new[] { box };
        }));

    private static Panel Promotions(List<TimelineEvent> promotions, TimeAxis axis) => Lane.Of("promotions", axis, (top, bottom) => promotions.SelectMany((entry, index) =>
    {
        var x = axis.X(entry.At);
        var middle = (top + bottom) / 2;
        var room = (index + 1 < promotions.Count ? axis.X(promotions[index + 1].At) - 6 : axis.Right) - x - 10;
        var words = $"{entry.Source} is primary {axis.Read(entry.At)}";
        var diamond = Path("promoted", Text($"M{x:0.#} {middle - 6:0.#}l6 6l-6 6l-6-6z"));
        return index == 0 && promotions.Count == 1 ? [.. diamond, .. Lane.Words(words, x - 6, x + 6, top, axis)]
            : room > 40 ? [.. diamond, Label(x + 10, top + 11, TextFit.Line(words, room, 11), "ink over", size: 11, whole: words)]
            : diamond;
    }));
}
