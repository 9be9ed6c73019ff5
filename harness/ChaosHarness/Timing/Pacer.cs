namespace ChaosHarness.Timing;

/// <summary>
/// Calls back when each request of a schedule is due. On the system clock it owns a thread that sleeps: pool timers
/// on Linux tick every 4 ms and fire late under load, a sleeping thread is within 0.2 ms. On any other clock it waits with a timer of that clock.
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
            return RunOnTimerAsync(stop);
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

    // The timer calls back from within whatever makes its clock advance, so nothing is sent at another time than that clock's.
    private async Task RunOnTimerAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.Register(stopped.SetResult);
        ITimer timer = null!;
        timer = clock.Time.CreateTimer(_ => SendAndRearm(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            SendAndRearm();
            await stopped.Task.ConfigureAwait(false);
        }

        void SendAndRearm()
        {
            SendWhatIsDue(stop);
            var wait = schedule.Due(_next) - clock.Now;
            timer.Change(wait < Shortest ? Shortest : wait, Timeout.InfiniteTimeSpan);
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
