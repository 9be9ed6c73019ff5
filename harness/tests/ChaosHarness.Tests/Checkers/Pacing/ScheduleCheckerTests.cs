using ChaosHarness.Checkers.Pacing;
using ChaosHarness.Histories;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Pacing;

public sealed class ScheduleCheckerTests
{
    [Test]
    public void A_schedule_that_was_kept_is_fit()
    {
        var finding = Check(Late(400, number => number == 7 ? 0.08 : 0.0001));

        Assert.That((finding.Unfit, finding.ToString()), Is.EqualTo(((Lateness?)null, "orders: 0 of 400 late, at worst 80ms")));
        Assert.That(finding.Figures, Is.Empty);
    }

    [Test]
    public void A_thread_that_a_probe_blocked_makes_the_figures_unfit()
    {
        // 398 of 485 sent up to 19.9 s late.
        var finding = Check(Late(485, number => number < 87 ? 0 : 19.9 - ((number - 87) * 0.05)));

        Assert.That(finding.Unfit, Is.EqualTo(new Lateness("orders", 485, 396, 0, S(19.9))));
        Assert.That(finding.ToString(), Does.StartWith("requests were sent too late to measure anything (orders: 396 of 485 late, at worst 19.9s; late is more than 100ms").And.Contain("Send fewer"));
    }

    [TestCase(400, 4, true)]
    [TestCase(400, 5, false)]
    [TestCase(50, 1, true)]
    [TestCase(50, 2, false)]
    public void One_in_a_hundred_may_be_late_and_one_of_fewer(int count, int late, bool isFit) =>
        Assert.That(Check(Late(count, number => number < late ? 0.1001 : 0.1)).Unfit, isFit ? Is.Null : Is.Not.Null);

    [TestCase(1, true)]
    [TestCase(1.0001, false)]
    public void None_may_be_a_second_late(double late, bool isFit) => Assert.That(Check(Late(400, number => number == 9 ? late : 0)).Unfit, isFit ? Is.Null : Is.Not.Null);

    [Test]
    public void What_nobody_has_begun_is_as_late_as_it_is_old()
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 10);
        run.Send("orders", 15, null, late: 100).Cut(20);

        Assert.That(Check(run).Sources, Is.EqualTo(new[] { new Lateness("orders", 1, 1, 0, S(5)) }));
    }

    [Test]
    public void What_was_given_up_before_it_was_sent_is_not_late()
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 10).Send("orders", 15, 3, OperationVerdict.NotSent).Send("orders", 16).Cut(20);

        Assert.That(Check(run).Sources, Is.EqualTo(new[] { new Lateness("orders", 1, 0, 1, TimeSpan.Zero) }));
    }

    [Test]
    public void What_was_late_before_anything_struck_or_after_the_cut_is_in_no_figure()
    {
        var run = new RecordedRun().Source("orders").Send("orders", 5, 2.1, late: 2).Fault("crash", 10).Send("orders", 15).Send("orders", 21, 2.1, late: 2).Cut(20);

        Assert.That(Check(run).Sources.Single().Count, Is.EqualTo(1));
        Assert.That(new ScheduleChecker().Check(run.Writer.Look().Before(S(9))).Sources, Is.EqualTo(new[] { new Lateness("orders", 1, 1, 0, S(2)) }), "the steady state is measured on it");
    }

    [Test]
    public void The_latest_source_is_named_and_limits_can_be_set()
    {
        var run = new RecordedRun().Source("orders").Source("front page").Fault("crash", 10).Send("orders", 11, 2.1, late: 2).Send("front page", 11, 3.1, late: 3).Cut(20);
        var history = run.Until(30);

        Assert.That(new ScheduleChecker().Check(history).Unfit!.Source, Is.EqualTo("front page"));
        Assert.That(new ScheduleChecker { Limit = S(5), Longest = S(5) }.Check(history).Unfit, Is.Null);
        Assert.That(new ScheduleChecker { Longest = S(5) }.Check(history).Unfit, Is.Null, "one each");
        Assert.That(new ScheduleChecker { Limit = S(5) }.Check(history).Unfit, Is.Not.Null);
        Assert.That(new ScheduleChecker().Name, Is.EqualTo("schedule"));
    }

    private static RecordedRun Late(int count, Func<int, double> late)
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 10);
        for (var number = 0; number < count; number++)
        {
            run.Send("orders", 10 + (number * 0.05), 30, late: late(number));
        }

        return run.Cut(60);
    }

    private static ScheduleFinding Check(RecordedRun run) => new ScheduleChecker().Check(run.Until(80));
}
