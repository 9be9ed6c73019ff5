namespace ChaosHarness.Timing;

/// <summary>
/// Calls back when each request of a schedule is due. On the system clock it owns a thread that sleeps: pool timers
/// on Linux tick every 4 ms and fire late under load, a sleeping thread is within 0.2 ms. On any other clock it waits with that clock's timers.
/// </summary>
internal sealed class Pacer(RunClock clock, OpenLoopSchedule schedule, Action<long, TimeSpan> due)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private long _next;

    public Task RunAsync(CancellationToken stop)
    {
        if (clock.Time != TimeProvider.System)
        {
            return RunOnTimersAsync(stop);
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                RunOnThread(stop);
                ended.SetResult();
            }
            catch (Exception exception)
            {
                ended.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = "open loop",
            Priority = ThreadPriority.AboveNormal,
        };
        thread.Start();
        return ended.Task;
    }

    private void RunOnThread(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            SendWhatIsDue(stop);
            var wait = schedule.Due(_next) - clock.Now;
            if (wait <= TimeSpan.Zero)
            {
                continue;
            }

            // Rounded up to the millisecond that the sleep takes: early wake-ups would only spin.
            var milliseconds = (int)Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestSleep.TotalMilliseconds) - 0.2);
            Thread.Sleep(Math.Max(milliseconds, 1));
        }
    }

    private async Task RunOnTimersAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            SendWhatIsDue(stop);
            var wait = schedule.Due(_next) - clock.Now;
            if (wait > TimeSpan.Zero)
            {
                // A wait of less than a millisecond would be none at all, and this loop would spin.
                await Task.Delay(wait < Shortest ? Shortest : wait, clock.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void SendWhatIsDue(CancellationToken stop)
    {
        for (var count = schedule.DueCount(clock.Now); _next < count && !stop.IsCancellationRequested; _next++)
        {
            due(_next, schedule.Due(_next));
        }
    }
}
