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
}
