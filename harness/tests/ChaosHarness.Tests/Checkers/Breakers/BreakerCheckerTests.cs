using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Breakers;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Breakers;

/// <summary>The strike is at 10 s, the way back at 20 s.</summary>
public sealed class BreakerCheckerTests
{
    [Test]
    public void An_episode_is_measured_from_its_events()
    {
        var behaviour = Only(Run()
            .Breaker(1, BreakerState.Closed, 100, 7)
            .Breaker(11, BreakerState.Open, 120, 7)
            .Breaker(13, BreakerState.HalfOpen, 120, 307)
            .Breaker(13.1, BreakerState.Open, 121, 309)
            .Breaker(21, BreakerState.HalfOpen, 121, 900)
            .Breaker(21.2, BreakerState.Closed, 123, 905));

        Assert.That(behaviour.TimeToOpen, Is.EqualTo(new Bounds(S(0.9), S(1))));
        Assert.That(behaviour.TimeToClose, Is.EqualTo(new Bounds(S(1.2), S(1.2))));
        Assert.That(behaviour.LetThrough, Is.EqualTo(CallCount.Exactly(3)), "one call in the first trial, two in the second");
        Assert.That(behaviour.KeptOff, Is.EqualTo(CallCount.Exactly(905 - 7)));
        Assert.That((behaviour.HalfOpenTrials, behaviour.Changes, behaviour.ClosedBeforeRevert), Is.EqualTo((2, 5, false)));
        Assert.That(behaviour.ToString(), Is.EqualTo("Closed > Open > HalfOpen > Open > HalfOpen > Closed"));
    }

    [Test]
    public void What_it_said_is_an_interval()
    {
        var behaviour = Only(Run().Breaker(12, BreakerState.Open, 0, 0, notBefore: 10.6).Breaker(23, BreakerState.Closed, 0, 9, notBefore: 19));

        Assert.That((behaviour.TimeToOpen, behaviour.TimeToClose), Is.EqualTo((new Bounds(S(0.5), S(2)), new Bounds(TimeSpan.Zero, S(3)))));
    }

    [Test]
    public void A_breaker_that_stays_closed_did_nothing()
    {
        var behaviour = Only(Run().Breaker(1, BreakerState.Closed, 100, 7));

        Assert.That((behaviour.TimeToOpen, behaviour.TimeToClose, behaviour.ClosedBeforeRevert), Is.EqualTo(((Bounds?)null, (Bounds?)null, false)));
        Assert.That((behaviour.LetThrough, behaviour.KeptOff, behaviour.Changes), Is.EqualTo((CallCount.Exactly(0), CallCount.Exactly(0), 0)));
    }

    [Test]
    public void One_without_a_reading_before_the_strike_is_not_charged_with_its_whole_life()
    {
        var behaviour = Only(Run().Breaker(11, BreakerState.Open, 500, 90_000).Breaker(13, BreakerState.HalfOpen, 500, 90_250).Breaker(13.1, BreakerState.Closed, 501, 90_300));

        Assert.That((behaviour.KeptOff, behaviour.LetThrough), Is.EqualTo((CallCount.Exactly(300), CallCount.Exactly(1))), "closed until it opened, it refused nothing before");
        Assert.That(behaviour.ToString(), Is.EqualTo("Closed > Open > HalfOpen > Closed, closed before anything was undone"));
    }

    [Test]
    public void One_that_was_first_heard_of_half_open_had_done_something_before_that_nobody_heard()
    {
        var behaviour = Only(Run().Breaker(13, BreakerState.HalfOpen, 500, 90_250).Breaker(13.1, BreakerState.Closed, 501, 90_300));

        Assert.That((behaviour.KeptOff, behaviour.LetThrough), Is.EqualTo((new CallCount(50, null), new CallCount(1, null))));
        Assert.That(behaviour.KeptOff.ToString(), Is.EqualTo("at least 50"));
    }

    [Test]
    public void A_single_reading_says_too_little_to_count()
    {
        var after = Only(Run().Breaker(11, BreakerState.Open, 500, 90_300));
        var before = Only(Run().Breaker(9, BreakerState.Open, 500, 90_300));

        Assert.That((after.KeptOff, after.LetThrough, before.KeptOff, before.LetThrough), Is.EqualTo(((CallCount?)null, (CallCount?)null, (CallCount?)null, (CallCount?)null)));
        Assert.That(after.TimeToOpen, Is.Not.Null);
        Assert.That(before.TimeToOpen, Is.Null, "it was open already");
    }

    [Test]
    public void Two_readings_are_enough()
    {
        var behaviour = Only(Run().Breaker(9, BreakerState.Closed, 500, 90_000).Breaker(11, BreakerState.Open, 510, 90_000));

        Assert.That((behaviour.KeptOff, behaviour.LetThrough), Is.EqualTo((new CallCount(0, null), CallCount.Exactly(0))));
    }

    [Test]
    public void Counters_that_begin_again_with_the_process_are_noticed()
    {
        var behaviour = Only(Run()
            .Breaker(1, BreakerState.Closed, 700, 500)
            .Breaker(11, BreakerState.Open, 720, 500)
            .Breaker(14, BreakerState.Open, 3, 0)
            .Breaker(16, BreakerState.HalfOpen, 3, 40)
            .Breaker(17, BreakerState.Closed, 4, 41));

        Assert.That(behaviour.KeptOff, Is.EqualTo(new CallCount(41, null)), "not -459; what it refused before it ended is gone");
        Assert.That(behaviour.LetThrough, Is.EqualTo(new CallCount(1, null)));
    }

    [Test]
    public void Either_counter_tells_of_a_restart()
    {
        var passed = Only(Run().Breaker(1, BreakerState.Open, 10, 5).Breaker(11, BreakerState.Closed, 9, 6));
        var rejected = Only(Run().Breaker(1, BreakerState.Open, 10, 5).Breaker(11, BreakerState.Closed, 11, 4));
        var neither = Only(Run().Breaker(1, BreakerState.Open, 10, 5).Breaker(11, BreakerState.Closed, 10, 5));

        Assert.That((passed.KeptOff, passed.LetThrough), Is.EqualTo((new CallCount(6, null), new CallCount(0, null))));
        Assert.That((rejected.KeptOff, rejected.LetThrough), Is.EqualTo((new CallCount(4, null), new CallCount(0, null))));
        Assert.That((neither.KeptOff, neither.LetThrough), Is.EqualTo((CallCount.Exactly(0), CallCount.Exactly(0))));
    }

    [Test]
    public void A_restart_while_it_was_closed_loses_nothing()
    {
        var behaviour = Only(Run().Breaker(1, BreakerState.Closed, 700, 500).Breaker(11, BreakerState.Open, 3, 2).Breaker(12, BreakerState.Closed, 3, 12));

        Assert.That((behaviour.KeptOff, behaviour.LetThrough), Is.EqualTo((CallCount.Exactly(12), CallCount.Exactly(0))));
    }

    [Test]
    public void One_that_is_still_open_at_the_end_kept_off_more_than_it_said()
    {
        var behaviour = Only(Run().Breaker(1, BreakerState.Closed, 100, 7).Breaker(11, BreakerState.Open, 120, 7).Breaker(13, BreakerState.HalfOpen, 120, 300).Breaker(13.1, BreakerState.Open, 121, 300));

        Assert.That((behaviour.KeptOff, behaviour.LetThrough), Is.EqualTo((new CallCount(293, null), CallCount.Exactly(1))));
        Assert.That(behaviour.TimeToClose, Is.EqualTo(new Bounds(S(20), null)), "looked for since the way back, and not found");
        Assert.That(behaviour.ToString(), Is.EqualTo("Closed > Open > HalfOpen > Open, not closed at the end"));
    }

    [Test]
    public void One_that_is_half_open_at_the_end_may_have_let_more_through()
    {
        var behaviour = Only(Run().Breaker(1, BreakerState.Closed, 100, 7).Breaker(11, BreakerState.Open, 120, 7).Breaker(13, BreakerState.HalfOpen, 120, 300));

        Assert.That(behaviour.LetThrough, Is.EqualTo(new CallCount(0, null)));
    }

    [Test]
    public void One_that_closed_too_soon_and_opened_again_did_not_close()
    {
        var behaviour = Only(Run().Breaker(11, BreakerState.Open, 0, 0).Breaker(21, BreakerState.HalfOpen, 0, 5).Breaker(21.1, BreakerState.Closed, 1, 5).Breaker(22, BreakerState.Open, 9, 5));

        Assert.That((behaviour.TimeToClose, behaviour.ClosedBeforeRevert), Is.EqualTo((new Bounds(S(20), null), false)));
    }

    [Test]
    public void One_that_closed_before_the_revert_needed_no_time_after_it_and_that_is_told()
    {
        var behaviour = Only(Run().Breaker(11, BreakerState.Open, 0, 0).Breaker(12, BreakerState.HalfOpen, 0, 5).Breaker(12.1, BreakerState.Closed, 1, 5).Breaker(15, BreakerState.Closed, 2, 5));

        Assert.That((behaviour.TimeToClose, behaviour.ClosedBeforeRevert), Is.EqualTo((new Bounds(TimeSpan.Zero, TimeSpan.Zero), true)));
        Assert.That(behaviour.TimeToOpen, Is.Not.Null);
    }

    [Test]
    public void One_that_was_open_before_the_strike_may_close_too()
    {
        var behaviour = Only(Run().Breaker(9, BreakerState.Open, 0, 0).Breaker(22, BreakerState.Closed, 0, 50));

        Assert.That((behaviour.TimeToOpen, behaviour.TimeToClose, behaviour.KeptOff), Is.EqualTo(((Bounds?)null, new Bounds(S(2), S(2)), CallCount.Exactly(50))));
        Assert.That(behaviour.Sequence, Is.EqualTo(new[] { BreakerState.Open, BreakerState.Closed }));
    }

    [Test]
    public void While_nothing_is_undone_it_has_not_failed_to_close()
    {
        var run = Run().Breaker(11, BreakerState.Open, 0, 0).Breaker(15, BreakerState.Closed, 0, 0);

        Assert.That(new BreakerChecker().Check(run.Until(12)).Breakers[0].TimeToClose, Is.Null);
        Assert.That(new BreakerChecker().Check(run.Until(16)).Breakers[0].TimeToClose, Is.EqualTo(new Bounds(TimeSpan.Zero, TimeSpan.Zero)));
    }

    [Test]
    public void An_opening_that_was_known_after_the_cut_is_no_quick_one()
    {
        var behaviour = Only(Run().Cut(19).Breaker(19.5, BreakerState.Open, 0, 0));

        Assert.That((behaviour.TimeToOpen, behaviour.Changes), Is.EqualTo(((Bounds?)null, 1)));
    }

    [Test]
    public void A_state_said_twice_is_one_state()
    {
        var behaviour = Only(Run().Breaker(11, BreakerState.Closed, 0, 0).Breaker(12, BreakerState.Open, 0, 0).Breaker(13, BreakerState.Open, 0, 4).Breaker(14, BreakerState.HalfOpen, 0, 4).Breaker(15, BreakerState.HalfOpen, 1, 4));

        Assert.That(behaviour.Sequence, Is.EqualTo(new[] { BreakerState.Closed, BreakerState.Open, BreakerState.HalfOpen }));
        Assert.That((behaviour.HalfOpenTrials, behaviour.KeptOff, behaviour.LetThrough), Is.EqualTo((1, new CallCount(4, null), new CallCount(1, null))));
        Assert.That(behaviour.TimeToOpen, Is.EqualTo(new Bounds(S(1.9), S(2))));
    }

    [Test]
    public void Moments_at_the_very_edges_belong_to_the_run()
    {
        var behaviour = Only(Run().Breaker(10, BreakerState.Open, 4, 5).Breaker(20, BreakerState.Closed, 6, 9));

        Assert.That((behaviour.TimeToOpen, behaviour.TimeToClose, behaviour.ClosedBeforeRevert), Is.EqualTo((new Bounds(TimeSpan.Zero, TimeSpan.Zero), new Bounds(TimeSpan.Zero, TimeSpan.Zero), false)));
    }

    [Test]
    public void Breakers_are_told_apart_by_name_and_others_signals_are_passed_over()
    {
        var run = Run().Breaker(11, BreakerState.Open, 0, 0, "b").Breaker(12, BreakerState.Open, 0, 0, "a").Signal(12, "c", SignalKind.Noted).Signal(12, "d", SignalKind.Breaker);
        var history = run.Until(40);

        Assert.That(new BreakerChecker().Check(history).Breakers.Select(behaviour => behaviour.Breaker), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(new BreakerChecker("b").Check(history).Breakers.Select(behaviour => behaviour.Breaker), Is.EqualTo(new[] { "b" }));
        Assert.That((new BreakerChecker().Name, new BreakerChecker("b").Name), Is.EqualTo(("breakers", "breaker b")));
        Assert.That(new BreakerChecker().Check(history).ToString(), Is.EqualTo("a: Closed > Open, not closed at the end; b: Closed > Open, not closed at the end"));
    }

    [Test]
    public void Before_anything_struck_there_is_nothing_to_find()
    {
        var finding = new BreakerChecker().Check(new RecordedRun().Breaker(1, BreakerState.Open, 0, 0).Until(5));

        Assert.That((finding.Breakers.Count, finding.IsListenedTo, finding.ToString()), Is.EqualTo((0, true, "no breaker said anything")));
    }

    [Test]
    public void Its_figures_are_those_that_are_known()
    {
        var all = new BreakerChecker().Check(Run().Breaker(1, BreakerState.Closed, 100, 7).Breaker(11, BreakerState.Open, 120, 7).Breaker(21, BreakerState.Closed, 121, 107).Until(40));
        var few = new BreakerChecker().Check(new RecordedRun().Fault("crash", 10).Breaker(11, BreakerState.Open, 120, 7).Until(40));

        Assert.That(all.Figures, Is.EqualTo(new[]
        {
            new Figure(FigureNames.BreakerTimeToOpen, "recommendations", Unit.Seconds, 0.9, 1),
            new Figure(FigureNames.BreakerTimeToClose, "recommendations", Unit.Seconds, 1, 1),
            new Figure(FigureNames.BreakerLetThrough, "recommendations", Unit.Count, 1, 1),
            new Figure(FigureNames.BreakerKeptOff, "recommendations", Unit.Count, 100, 100, Better.Higher),
            new Figure(FigureNames.BreakerChanges, "recommendations", Unit.Count, 2, 2),
        }));
        Assert.That(few.Figures.Select(figure => figure.Name), Is.EqualTo(new[] { FigureNames.BreakerTimeToOpen, FigureNames.BreakerChanges }));
    }

    private static RecordedRun Run() => new RecordedRun().Fault("crash", 10, reverted: 20);

    private static BreakerBehaviour Only(RecordedRun run) => new BreakerChecker().Check(run.Until(40)).Breakers.Single();
}
