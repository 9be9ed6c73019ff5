using ChaosHarness.Timing;

namespace ChaosHarness.Calls;

/// <summary>
/// Posts something to the thread pool at a steady rate and notes how late it runs: answers are late then too, and say nothing of the system
/// under test.
/// </summary>
internal sealed class PoolCanary(RunClock clock)
{
    /// <summary>Later than this is late; what machines with other work to do are now and then is not told from a pool that is blocked.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    /// <summary>Later than this even once, figures are unfit.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // Answers that come late only make times longer, never shorter: they are unfit when most of them would be ours.
    private const double MostOfTime = 0.5;

    // Threads that block for a while are many before the pool grows; it grows to this many at once.
    private const int LeastThreads = 256;

    private const double PerSecond = 20;
    private const long None = long.MaxValue;
    private long _waitingSince = None;
    private long _began;
    private long _worst;
    private long _late;

    /// <summary>The latest that anything was so far, what is still waiting included.</summary>
    public TimeSpan Worst => TimeSpan.FromTicks(Math.Max(Interlocked.Read(ref _worst), Waiting));

    /// <summary>Why the figures are unfit; null while they are not.</summary>
    public string? Problem => Worst > Longest || Late > MostOfTime * (clock.Now.Ticks - Interlocked.Read(ref _began))
        ? $"the thread pool of this process was late by {DurationText.Format(Worst)}: something blocks its threads, or this machine has too much else to do"
        : null;

    private long Waiting => Interlocked.Read(ref _waitingSince) is not None and var since ? clock.Now.Ticks - since : 0;

    private long Late => Interlocked.Read(ref _late) + (Waiting is var waiting && waiting > Limit.Ticks ? waiting : 0);

    /// <summary>Lets the pool grow at once as far as blocked threads may need.</summary>
    public static void RaisePool()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        if (workers < LeastThreads)
        {
            ThreadPool.SetMinThreads(LeastThreads, completions);
        }
    }

    /// <summary>Forgets what was late before: what figures are made of begins now.</summary>
    public void Begin()
    {
        Interlocked.Exchange(ref _began, clock.Now.Ticks);
        Interlocked.Exchange(ref _worst, 0);
        Interlocked.Exchange(ref _late, 0);
    }

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
        if (late > Limit.Ticks)
        {
            Interlocked.Add(ref _late, late);
        }

        var worst = Interlocked.Read(ref _worst);
        while (late > worst && Interlocked.CompareExchange(ref _worst, late, worst) is var seen && seen != worst)
        {
            worst = seen;
        }
    }
}
