namespace ChaosHarness.Histories;

/// <summary>How operations stand, counted.</summary>
/// <param name="Good">Answered well.</param>
/// <param name="Bad">Failed, too slow, not sent, or overdue.</param>
/// <param name="Young">Open, and not overdue: counted in nothing.</param>
public readonly record struct Tally(long Good, long Bad, long Young)
{
    /// <summary>Good and bad together: those of which it is known how they stand.</summary>
    public long Decided => Good + Bad;
}
