namespace ChaosHarness.Checkers.Recovery;

/// <summary>
/// What the complete requests of a chunk come to. A look compares summaries and reads the few chunks that can still change its answer.
/// </summary>
internal readonly record struct RequestSummary()
{
    /// <summary>Of those that were sent, and not refused.</summary>
    public TimeSpan FirstSent { get; init; } = TimeSpan.MaxValue;

    /// <summary>Of those that were sent, and not refused.</summary>
    public TimeSpan LastSent { get; init; } = TimeSpan.MinValue;

    public TimeSpan LastSentOfGood { get; init; } = TimeSpan.MinValue;

    public TimeSpan FirstCompletedOfGood { get; init; } = TimeSpan.MaxValue;

    /// <summary>Of those that failed or were slow.</summary>
    public TimeSpan LastSentOfBad { get; init; } = TimeSpan.MinValue;

    /// <summary>At or after the last answer of those that failed or were slow.</summary>
    public TimeSpan LastCompletedOfBad { get; init; } = TimeSpan.MinValue;

    public TimeSpan LastRefused { get; init; } = TimeSpan.MinValue;

    public int Good { get; init; }

    /// <summary>How many are not complete.</summary>
    public int Open { get; init; }

    /// <summary>Summarises what is complete, and counts what is not.</summary>
    /// <param name="requests">The requests of the chunk.</param>
    /// <returns>The summary.</returns>
    public static RequestSummary Of(ReadOnlySpan<Request> requests)
    {
        var (firstSent, lastSent, lastSentOfGood, firstCompletedOfGood) = (TimeSpan.MaxValue, TimeSpan.MinValue, TimeSpan.MinValue, TimeSpan.MaxValue);
        var (lastSentOfBad, lastCompletedOfBad, lastRefused, good, open) = (TimeSpan.MinValue, TimeSpan.MinValue, TimeSpan.MinValue, 0, 0);
        foreach (ref readonly var request in requests)
        {
            if (request.IsOpen)
            {
                open++;
                continue;
            }

            if (request.IsRefused)
            {
                lastRefused = Later(lastRefused, request.Sent);
                continue;
            }

            firstSent = Earlier(firstSent, request.Sent);
            lastSent = Later(lastSent, request.Sent);
            if (request.IsGood)
            {
                good++;
                lastSentOfGood = Later(lastSentOfGood, request.Sent);
                firstCompletedOfGood = Earlier(firstCompletedOfGood, request.Completed);
            }
            else
            {
                lastSentOfBad = Later(lastSentOfBad, request.Sent);
                lastCompletedOfBad = Later(lastCompletedOfBad, request.Completed);
            }
        }

        return new RequestSummary
        {
            FirstSent = firstSent,
            LastSent = lastSent,
            LastSentOfGood = lastSentOfGood,
            FirstCompletedOfGood = firstCompletedOfGood,
            LastSentOfBad = lastSentOfBad,
            LastCompletedOfBad = lastCompletedOfBad,
            LastRefused = lastRefused,
            Good = good,
            Open = open,
        };
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
