using System.Globalization;
using System.Xml.Linq;
using ChaosHarness.Allure.Charts;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;

namespace ChaosHarness.Allure.Tests.Charts;

public sealed class TimelineChartTests
{
    private static readonly RunRecord TwoInSequence = Records.Run with
    {
        Injection = Records.Window(1, 3.1),
        Revert = Records.Window(5.5, 5.6),
        Faults =
        [
            new FaultRecord("slow disk", ["db-a"], "x", Records.Window(0.5, 0.6), Records.Window(5.5, 5.6)),
            new FaultRecord("cut one", ["link"], "x", Records.Window(1, 1.1), Records.Window(3, 3)),
            new FaultRecord("cut two", ["link"], "x", Records.Window(3, 3.1), Records.Window(4, 4.1)),
        ],
        Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1, 1.3))],
    };

    [Test]
    public void The_chart_marks_injection_detection_promotion_recovery_and_revert()
    {
        var texts = Texts(Draw(Records.Run));

        foreach (var mark in new[] { "injection: crash db-a (2s)", "detection: lb (2.5s)", "db-b is primary (2.7s)", "recovery (3.1s)", "revert (4s)" })
        {
            Assert.That(texts, Has.Some.EqualTo(mark));
        }

        Assert.That(texts, Has.Some.EqualTo("Losing <the> \"primary\" & more"));
        Assert.That(texts, Has.Some.EqualTo("Passed   ·   recovery time of orders: 1s..1.1s   ·   lost writes: 0"));
    }

    [Test]
    public void Each_of_several_faults_is_drawn_when_it_was_there()
    {
        var drawn = Draw(TwoInSequence);
        var bars = drawn.Descendants().Where(element => element.Attribute("class")?.Value == "fault").ToList();

        Assert.That(bars.Select(bar => bar.Value), Is.EqualTo(new[] { "slow disk: 500ms to 5.6s", "cut one: 1s to 3s", "cut two: 3s to 4.1s" }));
        // 600 observations of 10 ms on 872 units.
        var perSecond = 872 / 5.99;
        Assert.That(bars.Select(bar => Number(bar, "x")), Is.EqualTo(new[] { 64 + (0.5 * perSecond), 64 + perSecond, 64 + (3 * perSecond) }).Within(0.1));
        Assert.That(bars.Select(bar => Number(bar, "width")), Is.EqualTo(new[] { 5.1 * perSecond, 2 * perSecond, 1.1 * perSecond }).Within(0.1));
        Assert.That(bars.Select(bar => Number(bar, "y")), Is.Unique);
    }

    [Test]
    public void Recovery_from_faults_in_sequence_counts_from_the_last_of_them_and_is_not_before_its_revert()
    {
        var marks = TimelineMark.Of(TwoInSequence).ToList();

        Assert.That(marks.Single(mark => mark.Text == "recovery").At, Is.EqualTo(TimeSpan.FromSeconds(4.3)));
        Assert.That(marks.Single(mark => mark.Text.StartsWith("injection", StringComparison.Ordinal)), Is.EqualTo(new TimelineMark(TimeSpan.FromSeconds(1), "injection: cut one, cut two", "#dc2626")));
    }

    [Test]
    public void The_revert_is_where_it_was_also_when_a_fault_ended_before_the_run_did()
    {
        var ended = TwoInSequence with { Faults = [.. TwoInSequence.Faults.Skip(1)] };

        Assert.That(TimelineMark.Of(ended).Single(mark => mark.Text == "revert").At, Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(TimelineMark.Of(TwoInSequence).Single(mark => mark.Text == "revert").At, Is.EqualTo(TimeSpan.FromSeconds(5.5)));
    }

    [Test]
    public void A_fault_that_could_not_be_undone_reaches_to_the_end()
    {
        var open = Records.Run with { Faults = [Records.Run.Faults[0] with { Reverted = null }] };
        var bar = Draw(open).Descendants().Single(element => element.Attribute("class")?.Value == "fault");

        Assert.That(bar.Value, Is.EqualTo("crash db-a: 2s to the end, not reverted"));
        Assert.That(Number(bar, "x") + Number(bar, "width"), Is.EqualTo(936).Within(0.1));
        Assert.That(TimelineMark.Of(open).Single(mark => mark.Text == "revert").At, Is.EqualTo(TimeSpan.FromSeconds(4)));
    }

    [Test]
    public void What_never_recovered_or_was_never_interrupted_has_no_recovery([Values(null, double.PositiveInfinity, 0d)] double? upper)
    {
        var run = Records.Run with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 0, upper))] };

        Assert.That(TimelineMark.Of(run).Select(mark => mark.Text), Has.None.StartsWith("recovery"));
    }

    [Test]
    public void The_signal_whose_recovery_was_measured_is_drawn()
    {
        var run = Records.Run with { Observations = [Records.Series("redundancy", 10, _ => OperationVerdict.Error), .. Records.Run.Observations] };

        Assert.That(ChartedSignal.Of(run).Source, Is.EqualTo("orders"));
        Assert.That(ChartedSignal.Of(run with { Figures = [] }).Source, Is.EqualTo("redundancy"));
    }

    [Test]
    public void Availability_falls_to_the_bottom_while_everything_is_bad()
    {
        var buckets = Bucket.Cut(Records.Observations(600, k => k is >= 200 and < 300 ? OperationVerdict.Error : OperationVerdict.Good), TimeSpan.FromSeconds(6), 60);

        Assert.That(buckets, Has.Count.EqualTo(60));
        Assert.That(buckets.Where(bucket => bucket.At.TotalSeconds is > 2 and < 3).Select(bucket => bucket.Availability), Is.All.Zero);
        Assert.That(buckets.Where(bucket => bucket.At.TotalSeconds is < 2 or > 3).Select(bucket => bucket.Availability), Is.All.EqualTo(1));
        Assert.That(buckets[0].Maximum, Is.EqualTo(TimeSpan.FromMilliseconds(8)));
    }

    [Test]
    public void It_draws_whatever_there_is()
    {
        Assert.That(() => Draw(Records.Run with { Observations = [new ObservationSeries("orders", default, [])], Injection = null, Revert = null, Faults = [] }), Throws.Nothing);
        Assert.That(() => Draw(Records.Run with { Observations = [Records.Series("orders", 1, _ => OperationVerdict.Good)], Faults = [Records.Run.Faults[0] with { Description = "\u001b[31m <cut>" }] }), Throws.Nothing);
        var longest = Draw(Records.Run with { Observations = [Records.Series("orders", 500_000, _ => OperationVerdict.Good)] });
        Assert.That(longest.ToString(), Has.Length.LessThan(60_000), "a long run is drawn in as many points as a short one");
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static List<string> Texts(XDocument drawn) => [.. drawn.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static XDocument Draw(RunRecord run) => XDocument.Parse(TimelineChart.Draw(run));
}
