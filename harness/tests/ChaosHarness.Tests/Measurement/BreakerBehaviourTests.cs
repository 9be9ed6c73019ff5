using ChaosHarness.Measurement;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Measurement;

public sealed class BreakerBehaviourTests
{
    private static readonly TimeWindow Injection = new(S(10), S(10.1));
    private static readonly TimeWindow Revert = new(S(20), S(20.5));

    [Test]
    public void An_episode_is_measured_from_its_events()
    {
        var behaviour = BreakerBehaviour.Measure(
            [
                At(1, BreakerState.Closed, 100, 7),
                At(11, BreakerState.Open, 120, 7),
                At(13, BreakerState.HalfOpen, 120, 307),
                At(13.1, BreakerState.Open, 121, 309),
                At(21, BreakerState.HalfOpen, 121, 900),
                At(21.2, BreakerState.Closed, 123, 905),
            ],
            Injection,
            Revert).Single();

        Assert.That(behaviour.TimeToOpen, Is.EqualTo(new Bounds(S(0.9), S(1))));
        Assert.That(behaviour.TimeToClose, Is.EqualTo(new Bounds(S(0.7), S(1.2))));
        Assert.That(behaviour.LetThrough, Is.EqualTo(3), "one call in the first trial, two in the second");
        Assert.That(behaviour.KeptOff, Is.EqualTo(905 - 7));
        Assert.That(behaviour.HalfOpenTrials, Is.EqualTo(2));
        Assert.That(behaviour.Transitions, Is.EqualTo(5));
        Assert.That(behaviour.ToString(), Is.EqualTo("Closed > Open > HalfOpen > Open > HalfOpen > Closed"));
    }

    [Test]
    public void A_breaker_that_stays_closed_did_nothing()
    {
        var behaviour = BreakerBehaviour.Measure([At(1, BreakerState.Closed, 100, 7)], Injection, Revert).Single();

        Assert.That(behaviour.TimeToOpen, Is.Null);
        Assert.That(behaviour.TimeToClose, Is.Null);
        Assert.That((behaviour.LetThrough, behaviour.KeptOff, behaviour.Transitions), Is.EqualTo((0L, 0L, 0)));
    }

    [Test]
    public void One_that_closed_too_soon_and_opened_again_did_not_close()
    {
        var behaviour = BreakerBehaviour.Measure(
            [At(11, BreakerState.Open, 0, 0), At(21, BreakerState.HalfOpen, 0, 5), At(21.1, BreakerState.Closed, 1, 5), At(22, BreakerState.Open, 9, 5)],
            Injection,
            Revert).Single();

        Assert.That(behaviour.TimeToClose, Is.Null);
    }

    [Test]
    public void One_that_closed_before_the_revert_is_not_credited_with_closing_after_it()
    {
        var behaviour = BreakerBehaviour.Measure([At(11, BreakerState.Open, 0, 0), At(12, BreakerState.HalfOpen, 0, 5), At(12.1, BreakerState.Closed, 1, 5)], Injection, Revert).Single();

        Assert.That(behaviour.TimeToClose, Is.Null);
        Assert.That(behaviour.TimeToOpen, Is.Not.Null);
    }

    [Test]
    public void A_state_said_twice_is_one_state()
    {
        var behaviour = BreakerBehaviour.Measure([At(11, BreakerState.Closed, 0, 0), At(12, BreakerState.Open, 0, 0), At(13, BreakerState.Open, 0, 4)], Injection, null).Single();

        Assert.That(behaviour.Sequence, Is.EqualTo(new[] { BreakerState.Closed, BreakerState.Open }));
        Assert.That(behaviour.KeptOff, Is.EqualTo(4));
        Assert.That(behaviour.TimeToClose, Is.Null);
    }

    [Test]
    public void Moments_at_the_very_edges_belong_to_the_run()
    {
        var behaviour = BreakerBehaviour.Measure([At(10, BreakerState.Open, 4, 5), At(20, BreakerState.Closed, 6, 9)], Injection, Revert).Single();

        Assert.That(behaviour.Sequence, Is.EqualTo(new[] { BreakerState.Closed, BreakerState.Open, BreakerState.Closed }));
        Assert.That(behaviour.TimeToOpen, Is.EqualTo(new Bounds(TimeSpan.Zero, TimeSpan.Zero)));
        Assert.That(behaviour.TimeToClose, Is.EqualTo(new Bounds(TimeSpan.Zero, TimeSpan.Zero)));
        Assert.That((behaviour.LetThrough, behaviour.KeptOff), Is.EqualTo((2L, 9L)));
    }

    [Test]
    public void Breakers_are_told_apart_by_name_and_others_signals_are_passed_over()
    {
        TimedSignal[] signals = [At(11, BreakerState.Open, 0, 0, "b"), At(12, BreakerState.Open, 0, 0, "a"), new(S(12), new Signal(0, "c", SignalKind.Noted, ""))];

        Assert.That(BreakerBehaviour.Measure(signals, Injection, Revert).Select(behaviour => behaviour.Breaker), Is.EqualTo(new[] { "a", "b" }));
    }

    private static TimedSignal At(double seconds, BreakerState state, long passed, long rejected, string breaker = "recommendations") =>
        new(S(seconds), new Signal(0, breaker, SignalKind.Breaker, state.ToString()) { Breaker = new BreakerReading(state, passed, rejected) });

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
