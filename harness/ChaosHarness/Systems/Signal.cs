namespace ChaosHarness.Systems;

/// <summary>Something that the system under test said of itself.</summary>
/// <param name="Timestamp">When, as <see cref="TimeProvider.GetTimestamp"/> of the run's time provider.</param>
/// <param name="Source">Who said it.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Detail">In a few words.</param>
public sealed record Signal(long Timestamp, string Source, SignalKind Kind, string Detail)
{
    /// <summary>When it was last seen otherwise, as a timestamp too, where somebody looks only now and then: it became true in between. Null where it was told as it happened.</summary>
    public long? NotBefore { get; init; }

    /// <summary>The breaker's new state and counters, for <see cref="SignalKind.Breaker"/>.</summary>
    public BreakerReading? Breaker { get; init; }

    /// <summary>A signal at a time of the calendar, as logs and alerts have it. It is as exact as the clocks of this machine and of who wrote the time agree; a time to come counts as now.</summary>
    /// <param name="when">When.</param>
    /// <param name="source">Who said it.</param>
    /// <param name="kind">What it means.</param>
    /// <param name="detail">In a few words.</param>
    /// <param name="time">The run's time provider; null for the system's.</param>
    /// <returns>The signal.</returns>
    public static Signal At(DateTimeOffset when, string source, SignalKind kind, string detail, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        var ago = clock.GetUtcNow() - when;
        return new Signal(clock.GetTimestamp() - (long)(ago.TotalSeconds * clock.TimestampFrequency), source, kind, detail);
    }
}
