using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.LocalCloud.Tests.Clocks;

public sealed class CloudClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [TestCase(1, 60)]
    [TestCase(20, 3)]
    [TestCase(0.5, 120)]
    public async Task What_takes_AWS_a_minute_takes_as_much_less_as_the_cloud_is_faster(double speed, double seconds)
    {
        var clock = new CloudClock(_time, speed);
        var (since, here) = (clock.Now, TimeSpan.FromSeconds(seconds));
        var waiting = clock.DelayAsync(TimeSpan.FromMinutes(1), default);

        Assert.That(clock.Here(TimeSpan.FromMinutes(1)), Is.EqualTo(here));
        _time.Advance(here - TimeSpan.FromMilliseconds(1));
        Assert.That((waiting.IsCompleted, clock.HasPassed(since, TimeSpan.FromMinutes(1))), Is.EqualTo((false, false)));
        _time.Advance(TimeSpan.FromMilliseconds(2));
        await waiting;
        Assert.That(clock.HasPassed(since, TimeSpan.FromMinutes(1)), Is.True);
    }

    [Test]
    public void Where_real_work_is_waited_for_no_speed_makes_it_shorter_than_that_takes()
    {
        Assert.That(new CloudClock(_time, 100).Here(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)), Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(new CloudClock(_time, 2).Here(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)), Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task Real_work_counts_towards_what_AWS_takes_in_all()
    {
        var clock = new CloudClock(_time, 10);
        var since = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(4));
        var waiting = clock.UntilAsync(since, TimeSpan.FromSeconds(60), default);

        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(waiting.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await waiting;
        await clock.UntilAsync(since, TimeSpan.FromSeconds(60), default).WaitAsync(TimeSpan.FromSeconds(10));
    }
}
