using ChaosHarness.Checkers.Replication;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;

namespace ChaosHarness.Tests.Checkers.Replication;

public sealed class ReplicationCheckerTests
{
    [Test]
    public void Lag_lies_between_the_last_look_that_did_not_see_a_canary_and_the_first_that_did()
    {
        // Acknowledged at 1.005 s; seen by the look of 1.3 s and not by the one of 1.2 s.
        var run = Pair().Send("canaries", 1);
        Looks(run, 0, 2, due => due < 1.25 ? -1 : 0);

        var finding = Check(run.Until(3));

        Assert.That(finding.Lag.Percentile(100)!.Value.Lower.TotalSeconds, Is.EqualTo(1.2 - 1.005).Within(1e-6));
        Assert.That(finding.Lag.Percentile(100)!.Value.Upper!.Value.TotalSeconds, Is.EqualTo(1.305 - 1).Within(1e-6));
    }

    [Test]
    public void A_replica_that_stands_still_has_no_upper_bound_and_loses_ever_more()
    {
        var run = Pair().Every("canaries", 0.1, 0, 10);
        Looks(run, 0.05, 10, due => (long)(Math.Min(due, 2) * 10));

        var finding = Check(run.Until(11));

        Assert.That(finding.Lag.NeverSeen, Is.EqualTo(79).Within(2));
        Assert.That(finding.Lag.Percentile(99)!.Value.Upper, Is.Null);
        Assert.That(finding.RecoveryPoint.Lower.TotalSeconds, Is.EqualTo(7.9).Within(0.2));
        Assert.That(finding.RecoveryPoint.Upper!.Value.TotalSeconds, Is.EqualTo(7.9).Within(0.2));
        Assert.That(Judge(run, new Replicated("canaries", "standby").LackingAtMost("7s")), Is.False);
        Assert.That(Judge(run, new Replicated("canaries", "standby").LackingAtMost("9s")), Is.True);
    }

    [Test]
    public void A_replica_that_hangs_is_as_far_behind_as_it_may_be_until_it_answers()
    {
        var run = Pair().Every("canaries", 0.1, 0, 10);
        Looks(run, 0.05, 2, due => (long)(due * 10));
        run.Every("standby", 0.1, 2.05, 8, due => run.Send("standby", due, took: null));
        Looks(run, 8.05, 10, due => (long)(due * 10));

        var finding = Check(run.Until(11));

        Assert.That(finding.RecoveryPoint.Lower.TotalSeconds, Is.LessThan(0.1));
        Assert.That(finding.RecoveryPoint.Upper!.Value.TotalSeconds, Is.EqualTo(6).Within(0.2));
    }

    [Test]
    public void What_had_no_time_left_to_arrive_is_not_held_against_a_replica_that_is_always_so_far_behind()
    {
        var run = Pair().Every("canaries", 0.1, 0, 10);
        Looks(run, 0.05, 10, due => (long)((due - 1) * 10));

        var finding = Check(run.Until(11));

        Assert.That(finding.Lag.NeverSeen, Is.Zero);
        Assert.That(finding.Lag.Percentile(100)!.Value.Upper!.Value.TotalSeconds, Is.EqualTo(1.1).Within(0.15));
        Assert.That(finding.Lag.Count, Is.GreaterThan(80));
    }

    [Test]
    public void A_replica_that_answers_no_more_does_not_keep_up()
    {
        var run = Pair().Every("canaries", 0.1, 0, 10);
        Looks(run, 0.05, 5, due => (long)(due * 10));
        run.Every("standby", 0.1, 5.05, 10, due => run.Send("standby", due, 0.01, OperationVerdict.Error));

        Assert.That(Check(run.Until(11)).Lag.NeverSeen, Is.EqualTo(50).Within(3));
        Assert.That(Judge(run, new Replicated("canaries", "standby").Within("1h")), Is.False);
    }

    [Test]
    public void One_look_that_saw_too_much_proves_nothing()
    {
        var run = Pair().Every("canaries", 0.1, 0, 10);
        run.Send("standby", 0.01, value: 5000);
        Looks(run, 0.05, 10, due => (long)(Math.Min(due, 2) * 10));

        Assert.That(Check(run.Until(11)).Lag.NeverSeen, Is.GreaterThan(70), "the replica stood still");
    }

    [Test]
    public void What_was_never_acknowledged_cannot_be_lost()
    {
        var run = Pair().Every("canaries", 0.1, 0, 2);
        run.Every("canaries", 0.1, 2, 10, due => run.Send("canaries", due, 0.01, OperationVerdict.Error));
        Looks(run, 0.05, 10, due => (long)(Math.Min(due, 1.95) * 10));

        var finding = Check(run.Until(11));

        Assert.That(finding.RecoveryPoint.Upper!.Value.TotalSeconds, Is.LessThan(0.3), "a primary that is gone takes no more with it");
        Assert.That(finding.Lag.NeverSeen, Is.Zero);
    }

    [Test]
    public void Looks_that_see_less_than_before_are_told()
    {
        var run = Pair().Every("canaries", 0.1, 0, 10);
        Looks(run, 0.05, 10, due => (long)(due * 10) - (due is > 5 and < 5.3 ? 30 : 0));

        var finding = Check(run.Until(11));

        Assert.That(finding.WentBack, Is.EqualTo(3));
        Assert.That(finding.RecoveryPoint.Lower.TotalSeconds, Is.GreaterThan(2.8), "what it lost again counts");
    }

    [Test]
    public void Nothing_is_met_by_a_replica_that_was_never_read_or_a_primary_that_took_nothing()
    {
        var unread = Pair().Every("canaries", 0.1, 0, 5);
        var unwritten = Looks(Pair(), 0, 5, _ => -1);

        Assert.That(Check(unread.Until(6)).Problem, Is.EqualTo("standby was never read"));
        Assert.That(Check(unwritten.Until(6)).Problem, Is.EqualTo("no canary of canaries was acknowledged"));
        foreach (var run in (RecordedRun[])[unread, unwritten])
        {
            Assert.That(Judge(run, new Replicated("canaries", "standby").Within("1h")), Is.False);
            Assert.That(Judge(run, new Replicated("canaries", "standby").LackingAtMost("1h")), Is.False);
        }
    }

    [Test]
    public void A_replica_that_never_had_any_is_without_bound()
    {
        var run = Looks(Pair().Every("canaries", 0.1, 0, 5), 0.05, 5, _ => -1);

        Assert.That(Check(run.Until(6)).RecoveryPoint.Upper, Is.Null);
        Assert.That(Judge(run, new Replicated("canaries", "standby").LackingAtMost("1h")), Is.False);
    }

    [Test]
    public void What_comes_after_the_cut_makes_nothing_better()
    {
        var run = Pair().Every("canaries", 0.1, 0, 5);
        Looks(run, 0.05, 5, due => (long)(Math.Min(due, 1) * 10));
        run.Cut(5);
        Looks(run, 5.05, 6, _ => 49);

        Assert.That(Check(run.Until(7)).Lag.NeverSeen, Is.GreaterThan(30));
    }

    [TestCase("soon", 99, "Replicated.Within: 'soon'")]
    [TestCase("1s", 0, "Replicated.Within: a percentile is more than 0 and at most 100, not 0.")]
    [TestCase("1s", 101, "not 101")]
    public void What_was_written_wrong_is_told(string lag, double percentile, string mistake) =>
        Assert.That(new Replicated("canaries", "standby").Within(lag, percentile).Mistakes, Has.One.Contains(mistake));

    private static RecordedRun Pair() => new RecordedRun().Source("canaries", isWorkload: true).Source("standby");

    private static RecordedRun Looks(RecordedRun run, double from, double to, Func<double, long> newest) =>
        run.Every("standby", 0.1, from, to, due => run.Send("standby", due, value: newest(due)));

    private static ReplicationFinding Check(History history) => new ReplicationChecker("canaries", "standby").Check(history);

    private static bool Judge(RecordedRun run, Expectation expectation) => expectation.Judge(run.Until(20)).Met;
}
