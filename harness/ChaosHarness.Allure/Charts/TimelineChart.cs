using System.Xml.Linq;
using ChaosHarness.Experiments;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>
/// Draws a run on one axis of time, read from the injection: what it came to in words, a lane for each fault, how users were served against what was
/// promised them, what the system said of itself, and the steps of the run.
/// </summary>
internal static class TimelineChart
{
    private const int Buckets = 240;
    private const double Left = 216;
    private const double Right = 936;
    private const double TitleSize = 16;
    private const double FactWidth = 232;

    /// <summary>What the picture says, for who cannot see it.</summary>
    public static string InWords(RunRecord run)
    {
        var charted = new ChartedRun(run);
        return InWords(Fact.Of(charted, new TimeAxis(charted.Zero, charted.End, Left, Right)));
    }

    public static string Draw(RunRecord run)
    {
        var charted = new ChartedRun(run);
        var axis = new TimeAxis(charted.Zero, charted.End, Left, Right);
        var facts = Fact.Of(charted, axis).ToList();
        var (header, top) = Header(run, facts);
        var buckets = Bucket.Cut(charted.Signal.Observations, axis.End, Buckets);
        List<Panel> panels =
        [
            .. FaultLanes.Of(charted, axis),
            new(RecoveryBands.WordsHeight + 4, _ => []),
            AnswersPanel.Of(charted.Signal, buckets, axis),
            LatencyPanel.Of(buckets, axis),
            .. charted.Others.Select(series => AnswersPanel.Strip(series, Bucket.Cut(series.Observations, axis.End, Buckets), axis)),
            .. SignalLanes.Of(charted, axis),
            Lane.Heading(""),
            StepsLane.Of(run, axis),
        ];
        var lanes = Stack(panels, top + 22);
        var bottom = lanes[^1].Bottom;
        var answers = lanes.Where(lane => lane.Panel.ShowsAnswers).ToList();
        var (from, to) = (answers[0].Top, answers[^1].Bottom - 14);
        List<XElement> drawn =
        [
            .. RecoveryBands.Allowed(charted, axis, from, to),
            .. axis.Ticks.SelectMany(tick => new[] { Line(axis.X(tick), top + 16, axis.X(tick), bottom, "grid"), Label(axis.X(tick), top + 12, axis.Read(tick), anchor: "middle", size: 11) }),
            Label(16, top + 12, charted.Strikes.Count > 0 ? "from the injection" : "from the start", size: 11),
            .. lanes.SelectMany(lane => lane.Panel.Draw(lane.Top)),
            .. charted.Strikes.Select(strike => Line(axis.X(strike), top + 16, axis.X(strike), bottom, "strike")),
            .. RecoveryBands.Reached(charted, axis, from, to),
        ];
        var (legend, end) = Legend.Of(drawn, bottom + 8);
        return Picture(end + 10, $"{run.Name}: {run.Outcome}", InWords(facts), [.. header, .. drawn, .. legend]).ToString();
    }

    private static string InWords(IEnumerable<Fact> facts) => string.Join("; ", facts.Select(fact => $"{fact.Name}: {fact.Value}"));

    private static (IReadOnlyList<XElement> Elements, double Bottom) Header(RunRecord run, List<Fact> facts)
    {
        var title = TextFit.Lines(Printable(run.Name), Width - 32, TextFit.Bold(TitleSize), 3);
        var elements = title.Select((line, row) => Label(16, 26 + (row * 20), line, "ink", size: TitleSize, bold: true, whole: row == 0 && title.Count == 3 ? run.Name : null)).ToList();
        var y = 26 + (title.Count * 20);
        elements.Add(Label(16, y, TextFit.Line($"{run.System} in {run.Environment}, {run.Topology}, {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, run {run.RunId}", Width - 32, 11), size: 11));
        var why = run.Outcome == Outcome.Passed || run.Reason is null ? [] : TextFit.Lines(Printable(run.Reason.ReplaceLineEndings(" ")), Width - 32, 12, 3);
        elements.AddRange(why.Select((line, row) => Label(16, y + 20 + (row * 16), line, "wrong", whole: row == 0 ? run.Reason : null)));
        y += why.Count * 16;
        const int InARow = 4;
        for (var i = 0; i < facts.Count; i++)
        {
            var (x, top) = (16 + (i % InARow * FactWidth), y + 22 + (i / InARow * 40));
            elements.Add(Label(x, top, TextFit.Line(facts[i].Name, FactWidth - 12, 11), size: 11, whole: facts[i].Name));
            elements.Add(Label(x, top + 17, TextFit.Line(facts[i].Value, FactWidth - 12, TextFit.Bold(13)), facts[i].IsGood switch { true => "right", false => "wrong", null => "ink" }, size: 13, bold: true, whole: facts[i].Value));
        }

        return (elements, y + 30 + (((facts.Count + InARow - 1) / InARow) * 40));
    }

    private static List<(Panel Panel, double Top, double Bottom)> Stack(IReadOnlyList<Panel> panels, double top)
    {
        var stacked = new List<(Panel, double, double)>();
        foreach (var panel in panels)
        {
            stacked.Add((panel, top, top + panel.Height));
            top += panel.Height;
        }

        return stacked;
    }
}
