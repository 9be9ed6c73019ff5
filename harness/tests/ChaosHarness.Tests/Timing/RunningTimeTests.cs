using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Timing;

public sealed class RunningTimeTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void It_is_over_when_its_time_is()
    {
        using var limit = Limit(10);
        Pass(9.999);
        Assert.That(limit.Token.IsCancellationRequested, Is.False);
        Pass(0.001);
        Assert.That(limit.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void What_was_waited_is_added()
    {
        using var limit = Limit(10);
        Pass(4);
        using (limit.Wait())
        {
            Pass(3600);
        }

        Pass(5.999);
        Assert.That(limit.Token.IsCancellationRequested, Is.False);
        Pass(0.001);
        Assert.That(limit.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void Waits_that_overlap_are_one_and_each_ends_once()
    {
        using var limit = Limit(10);
        var (one, other) = (limit.Wait(), limit.Wait());
        Pass(20);
        one.Dispose();
        one.Dispose();
        Pass(20);
        Assert.That(limit.Token.IsCancellationRequested, Is.False);
        other.Dispose();
        Pass(10);
        Assert.That(limit.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void A_work_that_waits_for_another_does_not_stop_the_time_of_both()
    {
        using var limit = Limit(10);
        using var first = limit.Work();
        using var second = limit.Work();
        using var waiting = limit.Wait();

        _time.Advance(TimeSpan.FromSeconds(4));
        first.Dispose();
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.That(limit.Token.IsCancellationRequested, Is.False, "the only one that works waits");

        waiting.Dispose();
        _time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.That(limit.Token.IsCancellationRequested, Is.False);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(() => limit.Token.IsCancellationRequested, Is.True.After(5000, 5));
    }

    [Test]
    public void Many_short_waits_add_up_to_no_more_than_they_were()
    {
        using var limit = Limit(10);
        for (var i = 0; i < 99; i++)
        {
            Pass(0.1);
            using var wait = limit.Wait();
            Pass(1);
        }

        Assert.That(limit.Token.IsCancellationRequested, Is.False);
        Pass(0.1);
        Assert.That(limit.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void Longer_than_a_timer_can_be_it_still_ends()
    {
        using var limit = new RunningTime(TimeSpan.FromDays(30), _time);
        _time.Advance(TimeSpan.FromDays(29));
        Assert.That(limit.Token.IsCancellationRequested, Is.False);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.That(limit.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void A_timer_that_fires_just_as_a_wait_begins_ends_nothing()
    {
        var time = new HandTime();
        using var limit = new RunningTime(TimeSpan.FromSeconds(10), time);
        time.Advance(TimeSpan.FromSeconds(9));
        using (limit.Wait())
        {
            time.Advance(TimeSpan.FromSeconds(20));
            time.Fire();
            Assert.That(limit.Token.IsCancellationRequested, Is.False);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        time.Fire();
        Assert.That(limit.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void A_limit_is_above_zero() => Assert.That(() => new RunningTime(TimeSpan.Zero, _time), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private RunningTime Limit(double seconds) => new(TimeSpan.FromSeconds(seconds), _time);

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    // Its timer fires when it is told to, as a real one does that was changed too late.
    private sealed class HandTime : FakeTimeProvider
    {
        private Action _fire = () => { };

        public void Fire() => _fire();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return base.CreateTimer(static _ => { }, null, dueTime, period);
        }
    }
}
