using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Answers;

/// <summary>
/// What a signal came to over the last stretch of time, for deciding whether to go on. What is overdue and unanswered is not good, so an
/// outage shows whatever the time-out is; what is younger counts in nothing, so a system that is slow and answers does not look dead.
/// </summary>
/// <param name="Source">A probe or workload.</param>
/// <param name="Over">The time looked back on.</param>
public sealed record AvailabilityOver(string Source, TimeSpan Over)
{
    /// <summary>Counts.</summary>
    /// <param name="history">What was seen so far.</param>
    /// <returns>The share; null while less than that time has passed since the first fault struck, a weakness included, or nothing is known.</returns>
    public Share? In(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Faults.Min(fault => fault.Injected?.Start) is not { } struck)
        {
            return null;
        }

        var operations = history.Of(Source);
        return Known(operations, history.Until, struck) ?? (operations.KnownUntil is { } known ? Known(operations, known, struck) : null);
    }

    // Where the time looked back on is shorter than what answers take, all of it is young: then the newest such time that is known counts.
    private Share? Known(Operations operations, TimeSpan until, TimeSpan struck)
    {
        var from = until - Over;
        return from >= struck && operations.ShareOf(new TimeWindow(from, until)) is { Due: > 0 } share ? share : null;
    }
}
