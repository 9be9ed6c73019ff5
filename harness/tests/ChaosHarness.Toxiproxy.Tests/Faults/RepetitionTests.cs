using ChaosHarness.Toxiproxy.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Toxiproxy.Tests.Faults;

public sealed class RepetitionTests
{
    [Test]
    public async Task Pauses_take_turns_on_a_schedule_that_what_takes_long_does_not_shift()
    {
        var time = new FakeTimeProvider();
        var (start, turns) = (time.GetTimestamp(), new List<(int Turn, double At)>());
        await using var repetition = Repetition.Start(time, [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(30)], (turn, _) =>
        {
            lock (turns)
            {
                turns.Add((turn, time.GetElapsedTime(start).TotalMilliseconds));
            }

            // The first takes 25 ms.
            time.Advance(turn == 0 ? TimeSpan.FromMilliseconds(25) : TimeSpan.Zero);
            return Task.CompletedTask;
        });
        foreach (var (step, count) in new[] { (10, 1), (5, 2), (10, 3), (30, 4) })
        {
            time.Advance(TimeSpan.FromMilliseconds(step));
            Assert.That(() => turns.Count, Is.EqualTo(count).After(5000, 5));
        }

        Assert.That(turns, Is.EqualTo(new[] { (0, 10.0), (1, 40), (2, 50), (3, 80) }));
    }

    [Test]
    public async Task It_stops_when_disposed()
    {
        var (time, turns) = (new FakeTimeProvider(), 0);
        var repetition = Repetition.Start(time, TimeSpan.FromMilliseconds(10), (_, _) => Task.FromResult(turns++));
        await repetition.DisposeAsync();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(turns, Is.Zero);
    }
}
