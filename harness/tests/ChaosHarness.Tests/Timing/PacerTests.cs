using System.Diagnostics;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Timing;

public sealed class PacerTests
{
    [Test]
    public async Task Sends_each_request_once_and_in_order_however_time_jumps()
    {
        var time = new FakeTimeProvider();
        var clock = new RunClock(time);
        var sent = new List<long>();
        using var stop = new CancellationTokenSource();
        var pacing = new Pacer(clock, OpenLoopSchedule.Every(TimeSpan.FromMilliseconds(10), TimeSpan.Zero), (number, _) => sent.Add(number)).RunAsync(stop.Token);

        foreach (var jump in new[] { 1, 9, 3, 500, 0, 7, 480 })
        {
            time.Advance(TimeSpan.FromMilliseconds(jump));
            await FakeTime.SettleAsync();
        }

        await stop.CancelAsync();
        await pacing;
        Assert.That(sent, Is.EqualTo(Enumerable.Range(0, 101).Select(number => (long)number)));
    }

    [Test]
    public async Task On_the_system_clock_nothing_is_sent_before_it_is_due_and_little_much_later()
    {
        var clock = new RunClock(TimeProvider.System);
        var lateness = new List<TimeSpan>();
        using var stop = new CancellationTokenSource();
        var enough = new TaskCompletionSource();
        var pacing = new Pacer(clock, OpenLoopSchedule.PerSecond(200, clock.Now), (number, due) =>
        {
            lateness.Add(clock.Now - due);
            if (number == 200)
            {
                enough.TrySetResult();
            }
        }).RunAsync(stop.Token);

        await enough.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await pacing;
        lateness.Sort();
        Assert.That(lateness[0], Is.GreaterThanOrEqualTo(TimeSpan.Zero));
        Assert.That(lateness[lateness.Count / 2], Is.LessThan(TimeSpan.FromMilliseconds(20)));
    }

    [Test]
    public void A_failing_receiver_ends_the_pacing_with_its_error()
    {
        var clock = new RunClock(TimeProvider.System);
        var pacing = new Pacer(clock, OpenLoopSchedule.PerSecond(1000, clock.Now), (_, _) => throw new UnreachableException("told")).RunAsync(CancellationToken.None);

        Assert.That(() => pacing.WaitAsync(TimeSpan.FromSeconds(10)), Throws.TypeOf<UnreachableException>());
    }
}
