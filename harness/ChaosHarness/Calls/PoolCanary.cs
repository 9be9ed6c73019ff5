using ChaosHarness.Timing;

namespace ChaosHarness.Calls;

/// <summary>
/// Posts something to the thread pool at a steady rate and notes how late it runs: answers are late then too, and say nothing of the system
/// under test.
/// </summary>
internal sealed class PoolCanary(RunClock clock)
{
    /// <summary>Later than this, figures are unfit.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private const double PerSecond = 20;
    private const long None = long.MaxValue;
    private long _waitingSince = None;
    private long _worst;

    /// <summary>The latest that anything was so far, what is still waiting included.</summary>
    public TimeSpan Worst
    {
        get
        {
            var waiting = Interlocked.Read(ref _waitingSince);
            return TimeSpan.FromTicks(Math.Max(Interlocked.Read(ref _worst), waiting == None ? 0 : clock.Now.Ticks - waiting));
        }
    }

    /// <summary>Why the figures are unfit; null while they are not.</summary>
    public string? Problem => Worst > Limit ? $"the thread pool of this process was late by {DurationText.Format(Worst)}: something blocks its threads" : null;

    /// <summary>Posts until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stop) => new Pacer(clock, OpenLoopSchedule.PerSecond(PerSecond, clock.Now), (_, _) => Post()).RunAsync(stop);

    // One at a time: while one waits, it says all there is to say.
    private void Post()
    {
        if (Interlocked.CompareExchange(ref _waitingSince, clock.Now.Ticks, None) == None)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static canary => canary.Ran(), this, preferLocal: false);
        }
    }

    private void Ran()
    {
        var late = clock.Now.Ticks - Interlocked.Exchange(ref _waitingSince, None);
        var worst = Interlocked.Read(ref _worst);
        while (late > worst && Interlocked.CompareExchange(ref _worst, late, worst) is var seen && seen != worst)
        {
            worst = seen;
        }
    }
}
