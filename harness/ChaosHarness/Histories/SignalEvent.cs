using ChaosHarness.Systems;

namespace ChaosHarness.Histories;

/// <summary>Something that the system said of itself, and when that became true: somewhere between two times since the start of the run.</summary>
/// <param name="Source">Who said it.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Detail">In its words.</param>
/// <param name="Earliest">Not before this: it was last seen otherwise.</param>
/// <param name="Latest">Not after this: it was received.</param>
public sealed record SignalEvent(string Source, SignalKind Kind, string Detail, TimeSpan Earliest, TimeSpan Latest)
{
    /// <summary>The state and the counters of a circuit breaker, where it is one that spoke.</summary>
    public BreakerReading? Breaker { get; init; }
}
