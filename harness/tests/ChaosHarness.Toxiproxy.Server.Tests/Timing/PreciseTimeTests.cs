using System.Diagnostics;
using ChaosHarness.Toxiproxy.Server.Timing;

namespace ChaosHarness.Toxiproxy.Server.Tests.Timing;

public sealed class PreciseTimeTests
{
    [Test]
    public void Alarms_go_off_in_order_of_time_and_never_early()
    {
        using var time = new PreciseTime();
        var (gone, start, done) = (new List<(int Wanted, double After)>(), Stopwatch.GetTimestamp(), new CountdownEvent(4));
        foreach (var milliseconds in new[] { 60, 20, 40, 1 })
        {
            time.CreateTimer(_ =>
            {
                gone.Add((milliseconds, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
                done.Signal();
            }, null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }

        Assert.That(done.Wait(TimeSpan.FromSeconds(20)));
        Assert.That(gone.Select(entry => entry.Wanted), Is.Ordered);
        Assert.That(gone.All(entry => entry.After >= entry.Wanted));
        done.Dispose();
    }

    [Test]
    public void A_timer_that_is_changed_or_disposed_goes_off_only_as_last_said()
    {
        using var time = new PreciseTime();
        var (changed, disposed) = (0, 0);
        using var fired = new ManualResetEventSlim();
        var later = time.CreateTimer(_ => Interlocked.Increment(ref changed), null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
        later.Change(TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);
        time.CreateTimer(_ => Interlocked.Increment(ref disposed), null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan).Dispose();
        time.CreateTimer(_ => fired.Set(), null, TimeSpan.FromMilliseconds(150), Timeout.InfiniteTimeSpan);

        Assert.That(fired.Wait(TimeSpan.FromSeconds(20)));
        Assert.That((changed, disposed), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Periodic_timers_are_refused()
    {
        using var time = new PreciseTime();

        Assert.That(() => time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1)), Throws.InstanceOf<NotSupportedException>());
    }
}
