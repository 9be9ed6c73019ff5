using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Schedules;

/// <summary>Fake time that knows when its timers are due: whoever waits for a moment has made one.</summary>
internal sealed class CountingTime : FakeTimeProvider
{
    private readonly ConcurrentDictionary<Counted, DateTimeOffset> _due = new();

    /// <summary>How many timers are due at a time, give or take the millisecond that waits are rounded to.</summary>
    public int DueAt(TimeSpan time) => _due.Values.Count(due => (due - Start - time).Duration() <= TimeSpan.FromMilliseconds(1));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var counted = new Counted(this, base.CreateTimer(callback, state, dueTime, period));
        counted.IsDue(dueTime);
        return counted;
    }

    private sealed class Counted(CountingTime time, ITimer timer) : ITimer
    {
        public void IsDue(TimeSpan after) => time._due[this] = after < TimeSpan.Zero ? DateTimeOffset.MaxValue : time.GetUtcNow() + after;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            IsDue(dueTime);
            return timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            time._due.TryRemove(this, out _);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            time._due.TryRemove(this, out _);
            return timer.DisposeAsync();
        }
    }
}
