namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>Moments are times since the server started; the far end of them means never.</summary>
internal static class Moments
{
    public static readonly TimeSpan Never = TimeSpan.MaxValue;

    /// <summary>A moment some milliseconds later. Negative counts as none, and what does not fit is never.</summary>
    public static TimeSpan AfterMilliseconds(this TimeSpan moment, double milliseconds)
    {
        if (moment == Never || milliseconds >= (Never - moment).TotalMilliseconds)
        {
            return Never;
        }

        return milliseconds <= 0 ? moment : moment + TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
    }

    public static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    public static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
