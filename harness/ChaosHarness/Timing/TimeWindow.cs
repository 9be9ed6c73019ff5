namespace ChaosHarness.Timing;

/// <summary>A stretch of a run, such as the time that an injection took. Times are since the start of the run.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended, at or after the start.</param>
public readonly record struct TimeWindow(TimeSpan Start, TimeSpan End)
{
    /// <summary>How long it was.</summary>
    public TimeSpan Length => End - Start;

    /// <summary>Whether a time lies inside, both ends included.</summary>
    /// <param name="at">The time.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(TimeSpan at) => at >= Start && at <= End;

    /// <summary>How long after something in this window another thing happened: at least from its end, at most from its start.</summary>
    internal Bounds Until(TimeSpan earliest, TimeSpan latest) => Bounds.Between(earliest - End, latest - Start);
}
