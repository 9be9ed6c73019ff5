using ChaosHarness.SteadyState;
using ChaosHarness.Tests.Checkers;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.SteadyState;

public sealed class SteadyStateReportTests
{
    private static readonly SteadyStateCondition[] Good = [new SuccessRate("orders").AtLeast(1)];

    [Test]
    public void It_names_what_does_not_hold()
    {
        var report = new SteadyStateReport(default, [new("a", "1", true), new("b", "2", false)]);

        Assert.That(report.Holds, Is.False);
        Assert.That(report.ToString(), Is.EqualTo("b, but was 2"));
        Assert.That(new SteadyStateReport(default, [new("a", "1", true)]).ToString(), Is.EqualTo("every condition holds"));
    }

    [Test]
    public void The_newest_window_ends_before_what_is_not_known_yet()
    {
        var run = new RecordedRun().Source("orders").Every("orders", 0.1, 0, 5).Send("orders", 5, 0.2).Every("orders", 0.1, 5.1, 9);

        // Those due at 5.1 were answered when that of 5.0 was not.
        Assert.That(SteadyStateReport.Newest(run.Until(5.15), Good, S(2), TimeSpan.Zero)!.Window, Is.EqualTo(new TimeWindow(S(2.9), S(4.9))));
        Assert.That(SteadyStateReport.Newest(run.Until(5.25), Good, S(2), TimeSpan.Zero)!.Window, Is.EqualTo(new TimeWindow(S(3.2), S(5.2))));
    }

    [Test]
    public void A_system_that_hangs_is_not_steady_by_saying_nothing()
    {
        var run = new RecordedRun().Source("orders").Every("orders", 0.1, 0, 5);
        run.Every("orders", 0.1, 5, 20, due => run.Send("orders", due, null));

        Assert.That(SteadyStateReport.Newest(run.Until(5.2), Good, S(2), TimeSpan.Zero)!.Holds, Is.True, "all of it is young");
        var report = SteadyStateReport.Newest(run.Until(6), Good, S(2), TimeSpan.Zero)!;
        Assert.That((report.Window.End, report.Holds), Is.EqualTo((S(5.7), false)), "overdue after 250 ms");
        Assert.That(report.Readings[0].Actual, Is.EqualTo("61.9% (13 of 21)"));
    }

    [Test]
    public void There_is_none_before_its_length_has_passed()
    {
        var run = new RecordedRun().Source("orders").Every("orders", 0.1, 0, 5);

        Assert.That(SteadyStateReport.Newest(run.Until(0), Good, S(2), TimeSpan.Zero), Is.Null);
        Assert.That(SteadyStateReport.Newest(run.Until(2.95), Good, S(2), S(1)), Is.Null, "from 0.9 on");
        Assert.That(SteadyStateReport.Newest(run.Until(3.05), Good, S(2), S(1))!.Window, Is.EqualTo(new TimeWindow(S(1), S(3))));
        Assert.That(SteadyStateReport.Newest(new RecordedRun().Source("orders").Until(9), Good, S(2), TimeSpan.Zero), Is.Null);
    }

    [Test]
    public void It_ends_where_every_signal_is_known()
    {
        var run = new RecordedRun().Source("orders").Source("front page").Every("orders", 0.1, 0, 6).Every("front page", 0.5, 0, 6);

        var report = SteadyStateReport.Newest(run.Until(5.45), [.. Good, new SuccessRate("front page").AtLeast(1)], S(2), TimeSpan.Zero)!;

        Assert.That(report.Window, Is.EqualTo(new TimeWindow(S(3), S(5))));
        Assert.That(report.Readings.Select(reading => reading.Actual), Is.EqualTo(new[] { "100% (21 of 21)", "100% (5 of 5)" }));
    }
}
