namespace ChaosHarness.Timing;

/// <summary>
/// When each request of an open loop is due: number k at <c>start + k * interval</c>, whatever became of the others.
/// Computed from the start each time, so that no error adds up.
/// </summary>
internal readonly record struct OpenLoopSchedule(TimeSpan Start, double IntervalTicks)
{
    public static OpenLoopSchedule Every(TimeSpan interval, TimeSpan start) => new(start, interval.Ticks);

    public static OpenLoopSchedule PerSecond(double rate, TimeSpan start) => new(start, TimeSpan.TicksPerSecond / rate);

    public TimeSpan Interval => TimeSpan.FromTicks((long)IntervalTicks);

    /// <summary>When request <paramref name="number"/> (from 0) is due.</summary>
    public TimeSpan Due(long number) => Start + TimeSpan.FromTicks((long)(number * IntervalTicks));

    /// <summary>How many requests are due at or before <paramref name="now"/>.</summary>
    public long DueCount(TimeSpan now)
    {
        if (now < Start)
        {
            return 0;
        }

        // The division can be off by one through rounding; Due is the definition.
        var count = (long)((now - Start).Ticks / IntervalTicks) + 1;
        while (count > 0 && Due(count - 1) > now)
        {
            count--;
        }

        while (Due(count) <= now)
        {
            count++;
        }

        return count;
    }
}
