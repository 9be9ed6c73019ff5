namespace ChaosHarness.Timing;

/// <summary>Writes bounds so that rounding never makes them narrower: the lower one rounded down, the upper one up.</summary>
internal static class Outward
{
    public static string AtLeast(TimeSpan time) => DurationText.Format(TimeSpan.FromTicks(time.Ticks / Step(time) * Step(time)));

    public static string AtMost(TimeSpan time) => DurationText.Format(TimeSpan.FromTicks((time.Ticks + Step(time) - 1) / Step(time) * Step(time)));

    // What the last digit stands for that is shown of a time: three significant ones, from a hundred seconds on whole seconds, from a day on whole minutes.
    private static long Step(TimeSpan time)
    {
        if (time.Days > 0)
        {
            return TimeSpan.TicksPerMinute;
        }

        var unit = time switch
        {
            { TotalMilliseconds: < 0.9995 } => TimeSpan.TicksPerMicrosecond,
            { TotalMilliseconds: < 999.5 } => TimeSpan.TicksPerMillisecond,
            _ => TimeSpan.TicksPerSecond,
        };
        return Math.Max(1, ((double)time.Ticks / unit) switch
        {
            >= 99.95 => unit,
            >= 9.995 => unit / 10,
            _ => unit / 100,
        });
    }
}
