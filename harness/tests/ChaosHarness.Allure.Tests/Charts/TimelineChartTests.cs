using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChaosHarness.Allure.Charts;
using ChaosHarness.Allure.Results;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;

namespace ChaosHarness.Allure.Tests.Charts;

/// <summary>
/// Who sees nothing but the picture must be able to say three things: when the fault began and ended, how long users noticed, and whether the objective was
/// kept. Each is looked for twice: in words, and where it is drawn.
/// </summary>
public sealed class TimelineChartTests
{
    // 600 observations, 10 ms apart, on 720 units.
    private const double Left = 216;
    private const double PerSecond = 720 / 5.99;

    private static readonly RunRecord TwoInSequence = Records.Run with
    {
        Injection = Records.Window(1, 3.1),
        Revert = Records.Window(5.5, 5.6),
        Faults =
        [
            new FaultRecord("slow disk", ["db-a"], "x", Records.Window(0.5, 0.6), Records.Window(5.5, 5.6)) { IsWeakness = true, Strike = 0, End = FaultEnd.Reverted },
            new FaultRecord("cut one", ["link"], "x", Records.Window(1, 1.1), Records.Window(3, 3)) { Strike = 0, End = FaultEnd.Reverted },
            new FaultRecord("cut two", ["link"], "x", Records.Window(3, 3.1), Records.Window(4, 4.1)) { Strike = 1, End = FaultEnd.Reverted },
        ],
        Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1, 1.3), 2, true)],
    };

    [Test]
    public void It_says_when_the_fault_began_and_ended()
    {
        var drawn = Draw(Records.Run);

        Assert.That(FactOf(drawn, "fault in force"), Is.EqualTo("0 to +2.5s"));
        AssertDrawn(One(drawn, "fault"), from: 2, to: 4.5);
        Assert.That(Texts(drawn), Has.Member("0 to +2.5s").And.Member("crash db-a").And.Member("0").And.Member("+2s").And.Member("\u22121s").And.Member("from the injection"));
        Assert.That(Number(drawn.Descendants().Single(element => element.Value == "0" && element.Attribute("text-anchor")?.Value == "middle"), "x"), Is.EqualTo(Left + (2 * PerSecond)).Within(0.1), "times are read from the injection");
    }

    [Test]
    public void It_says_how_long_users_noticed()
    {
        var drawn = Draw(Records.Run);

        Assert.That(FactOf(drawn, "orders not served for"), Is.EqualTo("1s..1.1s"));
        Assert.That(Texts(drawn), Has.Member("served again after 1s..1.1s"));
        AssertDrawn(One(drawn, "rta"), from: 3, to: 3.1);
    }

    [TestCase(10d, true, "10s kept, 8.9s to spare", 4)]
    [TestCase(1.05, false, "1.05s missed by 50ms", 1.05)]
    public void It_says_whether_the_objective_was_kept(double rto, bool met, string words, double drawnFor)
    {
        var drawn = Draw(Records.Run with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1, 1.1), rto, met)] });

        Assert.That(FactOf(drawn, "RTO"), Is.EqualTo(words));
        Assert.That(drawn.Descendants().Single(element => element.Value == words).Attribute("class")!.Value, Is.EqualTo(met ? "right" : "wrong"));
        AssertDrawn(One(drawn, "rto"), from: 2, to: Math.Min(2 + drawnFor, 5.99));
        Assert.That(Texts(drawn), Has.Some.StartsWith(met ? "RTO 10s, beyond this picture" : "RTO 1.05s"));
    }

    [Test]
    public void What_never_recovered_is_open_to_the_end([Values(null, double.PositiveInfinity)] double? upper)
    {
        var drawn = Draw(Records.Run with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 3, upper), 2, false)] });

        Assert.That(FactOf(drawn, "orders not served for"), Is.EqualTo("more than 3s"));
        Assert.That(FactOf(drawn, "RTO"), Is.EqualTo("2s missed"));
        Assert.That(Texts(drawn), Has.Member("not served again"));
        AssertDrawn(One(drawn, "never"), from: 5, to: 5.99);
        Assert.That(Of(drawn, "rta"), Is.Empty);
    }

    [Test]
    public void Of_a_run_that_ended_before_enough_was_seen_nothing_is_said()
    {
        var drawn = Draw(Records.Run with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, null, null))] });

        Assert.That(FactOf(drawn, "orders not served for"), Is.EqualTo("not known"));
        Assert.That(drawn.Descendants().Single(element => element.Value == "not known").Attribute("class")!.Value, Is.Not.EqualTo("wrong"));
        Assert.That(Of(drawn, "never").Concat(Of(drawn, "rta")), Is.Empty);
        Assert.That(Texts(drawn), Has.None.Contains("served again"));
    }

    [Test]
    public void What_was_never_interrupted_has_no_recovery()
    {
        var drawn = Draw(Records.Run with { Figures = [.. Records.Run.Figures, new RecordedFigure(Figure.Exact(FigureNames.UnseenInterruption, "orders", Unit.Seconds, 1.1))] });

        Assert.That(FactOf(drawn, "orders not served for"), Is.EqualTo("less than 1.1s"));
        Assert.That(Of(drawn, "rta"), Is.Empty);
    }

    [Test]
    public void Each_of_several_faults_has_a_lane_of_its_own()
    {
        var drawn = Draw(TwoInSequence);
        var bars = Of(drawn, "weakness").Concat(Of(drawn, "fault")).Where(bar => bar.Value.Length > 0).ToList();

        Assert.That(bars.Select(bar => bar.Value), Is.EqualTo(new[] { "slow disk: \u2212500ms to +4.6s", "cut one: 0 to +2s", "cut two: +2s to +3.1s" }));
        AssertDrawn(bars[0], 0.5, 5.6);
        AssertDrawn(bars[1], 1, 3);
        AssertDrawn(bars[2], 3, 4.1);
        Assert.That(bars.Select(bar => Number(bar, "y")), Is.Unique.And.Ordered);
        Assert.That(FactOf(drawn, "2 faults in force"), Is.EqualTo("0 to +3.1s"));
    }

    [Test]
    public void Times_in_which_nothing_was_broken_are_none_in_which_something_was()
    {
        RunRecord Broken(params (double From, double To)[] spans) => Records.Run with { Faults = [.. spans.Select((span, index) => new FaultRecord($"cut {index}", ["link"], "x", Records.Window(span.From, span.From), Records.Window(span.To, span.To)) { Strike = index })] };

        Assert.That(FactOf(Draw(Broken((2, 3), (4, 4.5))), "2 faults in force"), Is.EqualTo("0 to +1s, +2s to +2.5s"));
        Assert.That(FactOf(Draw(Broken((2, 4), (3, 3.5), (4, 4.5))), "3 faults in force"), Is.EqualTo("0 to +2.5s"), "side by side, or one after the other");
        Assert.That(FactOf(Draw(Broken((1, 1.1), (2, 2.1), (3, 3.1), (4, 4.1))), "4 faults in force"), Is.EqualTo("4 times, 0 to +3.1s"));
    }

    [Test]
    public void Five_hundred_faults_are_all_on_a_picture_that_can_be_looked_at()
    {
        var drawn = Draw(Records.Run with { Faults = [.. Enumerable.Range(0, 500).Select(i => Records.Run.Faults[0] with { Description = Drawing.Text($"cut {i}") })] });

        Assert.That(Of(drawn, "fault").Where(IsTold).ToList(), Has.Count.EqualTo(500));
        Assert.That(Texts(drawn), Has.Member("cut 58").And.Member("441 more").And.None.EqualTo("cut 59"));
        Assert.That(Number(drawn.Root!, "height"), Is.LessThan(2_500));
    }

    [Test]
    public void One_colour_has_one_meaning_in_light_and_dark()
    {
        // Of failures both are told: the share, and how long each took.
        string[] kinds = ["good", "bad", "fault", "weakness", "rto", "rta", "noticed", "open", "half", "closed", "median", "slowest"];
        var parts = ChartStyle.Css.Split("@media");
        foreach (var css in parts)
        {
            var colours = kinds.Select(kind => Regex.Match(css, $@"\.{kind}\{{(?:fill|stroke):(#[0-9a-f]+)").Groups[1].Value).ToList();
            Assert.That(colours, Has.None.Empty.And.Unique, css);
        }
    }

    [Test]
    public void Recovery_and_its_objective_count_from_the_last_strike()
    {
        var drawn = Draw(TwoInSequence);

        AssertDrawn(One(drawn, "rta"), from: 4, to: 4.3);
        AssertDrawn(One(drawn, "rto"), from: 3, to: 5);
        Assert.That(Of(drawn, "strike").Where(line => line.Name.LocalName == "line").Select(line => Number(line, "x1")), Is.EqualTo(new[] { Left + PerSecond, Left + (3 * PerSecond) }).Within(0.1));
    }

    [Test]
    public void The_last_strike_is_the_one_that_took_effect_last_whatever_was_planned()
    {
        var late = TwoInSequence with { Faults = [TwoInSequence.Faults[1] with { Strike = 2 }, TwoInSequence.Faults[2] with { Strike = 1 }] };

        AssertDrawn(One(Draw(late), "rta"), from: 4, to: 4.3);
    }

    [Test]
    public void Who_was_never_broken_says_so_and_why()
    {
        var drawn = Draw(Records.Run with { Outcome = Outcome.Inconclusive, Reason = "the steady state did not hold", Faults = [], Injection = null });

        Assert.That(FactOf(drawn, "fault in force"), Is.EqualTo("none was injected"));
        Assert.That(Texts(drawn), Has.Member("the steady state did not hold"));
    }

    [Test]
    public void A_fault_that_could_not_be_undone_reaches_to_the_end()
    {
        var drawn = Draw(Records.Run with { Faults = [Records.Run.Faults[0] with { Reverted = null, End = FaultEnd.NotReverted }] });

        Assert.That(One(drawn, "fault").Value, Is.EqualTo("crash db-a: 0 to the end, not reverted"));
        AssertDrawn(One(drawn, "fault"), 2, 5.99);
        Assert.That(FactOf(drawn, "fault in force"), Is.EqualTo("0 to the end"));
    }

    [Test]
    public void A_fault_that_was_undone_after_the_last_request_is_on_the_picture_to_its_end()
    {
        var drawn = Draw(Records.Run with { Faults = [Records.Run.Faults[0] with { Reverted = Records.Window(7, 8) }] });
        var bar = One(drawn, "fault");

        Assert.That(Number(bar, "x") + Number(bar, "width"), Is.EqualTo(936).Within(0.1));
        Assert.That(Number(bar, "width"), Is.EqualTo(720 * 6 / 8.0).Within(0.1));
    }

    [TestCase(FaultEnd.Superseded, "0 to +2.5s, ended by the system itself")]
    [TestCase(FaultEnd.Gone, "0 to +2.5s, taken away by somebody else")]
    [TestCase(FaultEnd.Reverted, "0 to +2.5s")]
    public void A_fault_says_how_it_ended(FaultEnd end, string words) => Assert.That(Texts(Draw(Records.Run with { Faults = [Records.Run.Faults[0] with { End = end }] })), Has.Member(words));

    [Test]
    public void Who_noticed_what_breakers_did_and_who_took_over_has_lanes()
    {
        TimelineEvent Said(double at, TimelineKind kind, string source, string detail) => new(TimeSpan.FromSeconds(at), kind, source, detail);
        var drawn = Draw(Records.Run with
        {
            Timeline =
            [
                Said(1, TimelineKind.Detection, "lb", "DOWN"), Said(1.5, TimelineKind.Recovery, "lb", "UP"), Said(2.5, TimelineKind.Detection, "lb", "DOWN"), Said(3.5, TimelineKind.Recovery, "lb", "UP"),
                Said(0.5, TimelineKind.Breaker, "api/db", "Closed"), Said(2.2, TimelineKind.Breaker, "api/db", "Open"), Said(3, TimelineKind.Breaker, "api/db", "HalfOpen"), Said(3.1, TimelineKind.Breaker, "api/db", "Closed"),
                Said(2.7, TimelineKind.Promotion, "db-b", "took over"),
            ],
        });

        Assert.That(Of(drawn, "noticed").Where(IsTold).Select(bar => bar.Value), Is.EqualTo(new[] { "lb noticed: \u22121s to \u2212500ms", "lb noticed: +500ms to +1.5s" }));
        Assert.That(Texts(drawn), Has.Member("noticed +500ms").And.None.EqualTo("noticed \u22121s"), "what came before the injection says nothing of it");
        AssertDrawn(Of(drawn, "open").Single(IsTold), 2.2, 3);
        AssertDrawn(Of(drawn, "half").Single(IsTold), 3, 3.1);
        Assert.That(Of(drawn, "closed").Where(IsTold).Select(bar => Number(bar, "x")), Is.EqualTo(new[] { Left + (0.5 * PerSecond), Left + (3.1 * PerSecond) }).Within(0.1), "nothing is drawn before a breaker first said anything");
        Assert.That(Texts(drawn), Has.Member("db-b is primary +700ms").And.Member("api/db").And.Member("Open"));
    }

    [Test]
    public void Failures_are_apart_from_latencies()
    {
        // Refused within 2 ms while good answers take 100 ms: the median must not fall.
        var buckets = Bucket.Cut(
            [.. Records.Observations(600, k => k is >= 200 and < 300 ? OperationVerdict.Error : OperationVerdict.Good).Select(seen => seen.IsGood ? seen with { Completed = seen.Due + TimeSpan.FromMilliseconds(100) } : seen)],
            TimeSpan.FromSeconds(6),
            60);

        Assert.That(buckets, Has.Count.EqualTo(60));
        var outage = buckets.Where(bucket => bucket.Middle.TotalSeconds is > 2 and < 3).ToList();
        Assert.That(outage.Select(bucket => (bucket.Good, bucket.Median)), Is.All.EqualTo((0d, (TimeSpan?)null)));
        Assert.That(outage.Select(bucket => bucket.Failed!.Value), Is.All.LessThan(TimeSpan.FromMilliseconds(10)));
        Assert.That(buckets.Except(outage).Select(bucket => (bucket.Good, bucket.Median, bucket.Failed)), Is.All.EqualTo((1d, (TimeSpan?)TimeSpan.FromMilliseconds(100), (TimeSpan?)null)));
    }

    [Test]
    public void What_failed_hangs_from_above_where_it_failed()
    {
        var drawn = Draw(Records.Run);
        var bad = Of(drawn, "bad").First(element => element.Name.LocalName == "path").Attribute("d")!.Value;
        var starts = bad.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(part => double.Parse(part.Split(' ')[0], CultureInfo.InvariantCulture)).ToList();

        Assert.That(starts.Min(), Is.EqualTo(Left + (2 * PerSecond)).Within(4));
        Assert.That(starts.Max(), Is.EqualTo(Left + (3.1 * PerSecond)).Within(4));
    }

    [Test]
    public void The_signal_that_was_judged_is_drawn_large_and_the_others_in_a_row_each()
    {
        var run = Records.Run with { Observations = [Records.Series("redundancy", 10, _ => OperationVerdict.Error), .. Records.Run.Observations] };

        Assert.That(new ChartedRun(run).Signal.Source, Is.EqualTo("orders"));
        Assert.That(new ChartedRun(run).Others.Select(series => series.Source), Is.EqualTo(new[] { "redundancy" }));
        Assert.That(new ChartedRun(run with { Signal = null }).Signal.Source, Is.EqualTo("redundancy"));
        Assert.That(Texts(Draw(run)), Has.Member("redundancy"));
    }

    [Test]
    public void The_legend_explains_what_is_on_the_picture_and_nothing_else()
    {
        Assert.That(Texts(Draw(Records.Run)), Has.Member("answered well").And.Member("allowed by the RTO").And.Member("noticed").And.None.EqualTo("breaker open").And.None.EqualTo("weakness beforehand"));
        Assert.That(Texts(Draw(TwoInSequence)), Has.Member("weakness beforehand"));
    }

    [Test]
    public void Forty_faults_with_long_names_are_all_there_and_none_is_cut()
    {
        const string Name = "the fault number 00 has a description that is exactly eighty characters long, ok";
        Assume.That(Name, Has.Length.EqualTo(80));
        var faults = Enumerable.Range(10, 40).Select(i => Records.Run.Faults[0] with { Description = Name.Replace("00", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) }).ToList();
        var drawn = Draw(Records.Run with { Faults = faults });
        var all = string.Join(' ', Texts(drawn));

        Assert.That(Of(drawn, "fault").Where(IsTold).ToList(), Has.Count.EqualTo(40));
        Assert.That(faults.Where(fault => !all.Contains(fault.Description, StringComparison.Ordinal)), Is.Empty);
        AssertInside(drawn);
    }

    [TestCase("\u001b[31m <cut> \U0001f600", TestName = "A name that steers terminals can be drawn")]
    [TestCase("\u202egnippihs", TestName = "A name that turns around can be drawn")]
    [TestCase("   ", TestName = "A blank name can be drawn")]
    [TestCase("", TestName = "An empty name can be drawn")]
    [TestCase("\ud800 \uffff", TestName = "A name that is no text can be drawn")]
    public void Any_name_can_be_drawn(string name)
    {
        var run = Records.Run with
        {
            Name = name + new string('W', 200),
            Signal = name,
            Observations = [Records.Run.Observations[0] with { Source = name }, Records.Series(name + "2", 10, _ => OperationVerdict.Good)],
            Faults = [Records.Run.Faults[0] with { Description = name }],
            Timeline = [.. Enum.GetValues<TimelineKind>().Select(kind => new TimelineEvent(TimeSpan.FromSeconds(3), kind, name, name))],
        };

        AssertInside(Draw(run));
        Assert.That(Draw(run).ToString(), Does.Not.Contain("\u202e").And.Not.Contain("\u001b"));
    }

    [Test]
    public void It_draws_whatever_there_is()
    {
        Assert.That(() => Draw(Records.Run with { Observations = [new ObservationSeries("orders", default, [])], Injection = null, Revert = null, Faults = [], Figures = [], Verdicts = [], Timeline = [], Duration = TimeSpan.Zero }), Throws.Nothing);
        Assert.That(() => Draw(Records.Run with { Observations = [Records.Series("orders", 1, _ => OperationVerdict.Good)] }), Throws.Nothing);
        Assert.That(() => Draw(Records.Run with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 0, 0), double.MaxValue, true)] }), Throws.Nothing);
        Assert.That(() => Draw(Records.Run with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1e300, null), 1, false)] }), Throws.Nothing);
        Assert.That(() => Draw(Records.Run with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, double.NaN, double.NaN), double.NaN, false)] }), Throws.Nothing);
        Assert.That(() => Draw(Records.Run with { Observations = [new ObservationSeries("orders", default, [new(0, TimeSpan.FromSeconds(-5), TimeSpan.Zero, TimeSpan.MaxValue / 2, OperationVerdict.Good)])] }), Throws.Nothing);
        Assert.That(() => AllurePhases.Of(Records.Run with { Phases = [] }).ToList(), Throws.Nothing);
        var longest = Draw(Records.Run with { Observations = [Records.Series("orders", 500_000, _ => OperationVerdict.Good)] });
        Assert.That(longest.ToString(), Has.Length.LessThan(60_000), "a long run is drawn in as many points as a short one");
    }

    private static void AssertDrawn(XElement box, double from, double to)
    {
        Assert.That(Number(box, "x"), Is.EqualTo(Left + (from * PerSecond)).Within(0.1));
        Assert.That(Number(box, "x") + Number(box, "width"), Is.EqualTo(Left + (to * PerSecond)).Within(0.2));
    }

    private static void AssertInside(XDocument drawn)
    {
        var height = Number(drawn.Root!, "height");
        foreach (var text in drawn.Descendants().Where(element => element.Name.LocalName == "text"))
        {
            var words = string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value));
            var (x, width) = (Number(text, "x"), TextFit.Width(words, Number(text, "font-size")));
            var left = text.Attribute("text-anchor")?.Value switch { "end" => x - width, "middle" => x - (width / 2), _ => x };
            Assert.That(left, Is.GreaterThanOrEqualTo(0), words);
            Assert.That(left + width, Is.LessThanOrEqualTo(Drawing.Width + 1), words);
            Assert.That(Number(text, "y"), Is.InRange(0, height), words);
        }
    }

    // Those of the legend have no words of their own.
    private static bool IsTold(XElement box) => box.Value.Length > 0;

    private static string? FactOf(XDocument drawn, string name)
    {
        var texts = drawn.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        return texts.IndexOf(name) is >= 0 and var index ? texts[index + 1] : null;
    }

    private static XElement One(XDocument drawn, string kind) => Of(drawn, kind).Single(IsTold);

    private static IEnumerable<XElement> Of(XDocument drawn, string kind) => drawn.Descendants().Where(element => element.Attribute("class")?.Value == kind);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static List<string> Texts(XDocument drawn) => [.. drawn.Descendants().Where(element => element.Name.LocalName == "text").Select(element => string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value)))];

    private static XDocument Draw(RunRecord run) => XDocument.Parse(TimelineChart.Draw(run));
}
