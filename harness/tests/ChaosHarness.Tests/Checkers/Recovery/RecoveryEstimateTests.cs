using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>The narrower bounds: shown only where they say more, and nothing that was seen refutes what they assume.</summary>
public sealed class RecoveryEstimateTests
{
    private static readonly RecoveryChecker Checker = new();

    [Test]
    public void Dropped_requests_cost_a_time_out_of_width_unless_something_is_assumed()
    {
        var finding = Checker.Check(Dropped().Until(20_000));

        Assert.That(finding.Actual, Is.EqualTo(new Bounds(Ms(50), Ms(2_055))), "sent from 3050 on, by when the last one had timed out");
        Assert.That(finding.Estimate, Is.EqualTo(new RecoveryEstimate(new Bounds(Ms(50), Ms(65)), Ms(10), 100, Ms(5))), "the last was sent at 1050: sent from 1060 on");
        Assert.That(finding.Estimate!.ToString(), Is.EqualTo("50ms..65ms, assuming that no undisturbed request takes longer than 10ms (100 observed, longest 5ms)"));
        Assert.That(finding.Figures, Has.Some.EqualTo(new Figure(FigureNames.RecoveryTimeEstimate, "orders", Unit.Seconds, 0.05, 0.065, Better.Neither)));
    }

    [Test]
    public void It_rests_on_a_hundred_answers_at_least() => Assert.That(Checker.Check(Dropped(steady: 99).Until(20_000)).Estimate, Is.Null);

    [Test]
    public void It_is_not_shown_where_it_says_no_more()
    {
        var errors = new RecordedRun().Steady(100, 5).With("E 1010-1011, E 1020-1021").Steady(100, 5, from: 1_030).Struck(1_000, 1_000);

        Assert.That(Checker.Check(errors.Until(20_000)) is { Recovered: true, Estimate: null }, Is.True);
    }

    [Test]
    public void It_is_refuted_by_a_good_answer_afterwards_that_took_longer() =>
        Assert.That(Checker.Check(Dropped().With("g 5001-5012").Until(20_000)).Estimate, Is.Null);

    [Test]
    public void It_is_not_refuted_by_one_that_did_not() =>
        Assert.That(Checker.Check(Dropped().With("g 5001-5011").Until(20_000)).Estimate, Is.Not.Null);

    [Test]
    public void It_is_refuted_by_a_request_that_was_older_when_the_fault_struck() =>
        Assert.That(Checker.Check(Dropped().With("E 985-1001").Until(20_000)).Estimate, Is.Null);

    [Test]
    public void It_is_not_refuted_by_one_that_was_younger_then() =>
        Assert.That(Checker.Check(Dropped().With("E 991-1003").Until(20_000)).Estimate, Is.Not.Null);

    [Test]
    public void It_is_refuted_when_the_harness_itself_was_held_up_for_longer() =>
        Assert.That(Checker.Check(Dropped().With("g 5012-5013 due 5001").Until(20_000)).Estimate, Is.Null);

    [Test]
    public void What_was_seen_with_a_weakness_in_place_counts_alone()
    {
        Assert.That(Checker.Check(Dropped().Struck(5, 5, strike: -1, isWeakness: true).Until(20_000)).Estimate, Is.Null, "99 of 100 were sent since");
        Assert.That(Checker.Check(Dropped().Struck(0, 0, strike: -1, isWeakness: true).Until(20_000)).Estimate?.Observed, Is.EqualTo(100));
    }

    [Test]
    public void While_the_time_outs_are_still_to_come_it_may_be_all_there_is()
    {
        var finding = Checker.Check(Dropped().Until(1_500));

        Assert.That((finding.Recovered, finding.ToString()), Is.EqualTo((false, "unknown: too little was seen after the strike")));
        Assert.That(finding.Estimate?.Actual, Is.EqualTo(new Bounds(TimeSpan.Zero, Ms(65))), "others were answered meanwhile: those that hang may be late alone");
    }

    // Dropped from 1000 to 1050, one each 10 ms; a time-out of 2 s.
    private static RecordedRun Dropped(int steady = 100) => new RecordedRun()
        .Steady(steady, 5)
        .With(Enumerable.Range(0, 6).Select(k => Ms(1_000 + (10 * k))).Select(sent => new Request(sent, sent, sent + Ms(2_000), OperationVerdict.Error)))
        .Steady(1_500, 5, from: 1_060)
        .Struck(1_000, 1_000);

    private static TimeSpan Ms(double milliseconds) => RequestTable.Ms(milliseconds);
}
