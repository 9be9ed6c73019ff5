namespace ChaosHarness.Timing;

/// <summary>The one clock of a run: monotonic time since the run began. The wall clock only labels its start.</summary>
public sealed class RunClock
{
    private readonly long _origin;

    /// <summary>Starts a clock at zero.</summary>
    /// <param name="time">Where time comes from.</param>
    public RunClock(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        StartedAt = time.GetUtcNow();
        _origin = time.GetTimestamp();
    }

    /// <summary>Where time comes from.</summary>
    public TimeProvider Time { get; }

    /// <summary>The wall clock when the run began, in UTC: a label, never part of a measurement.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Time since the run began.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_origin);

    /// <summary>Places a monotonic timestamp of the same provider on this clock.</summary>
    /// <param name="timestamp">A value of <see cref="TimeProvider.GetTimestamp"/>; one before the start gives a negative time.</param>
    /// <returns>Time since the run began.</returns>
    public TimeSpan At(long timestamp) => Time.GetElapsedTime(_origin, timestamp);
}
