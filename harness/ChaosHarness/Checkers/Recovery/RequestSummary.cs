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

    /// <summary>Summarises what is complete, and hands out what is not.</summary>
    /// <param name="requests">The requests of the chunk.</param>
    /// <param name="open">Takes those that were sent and are open.</param>
    /// <returns>The summary.</returns>
    public static RequestSummary Of(ReadOnlySpan<Request> requests, List<Request> open)
    {
        var (firstSent, lastSent, lastSentOfGood, firstCompletedOfGood) = (TimeSpan.MaxValue, TimeSpan.MinValue, TimeSpan.MinValue, TimeSpan.MaxValue);
        var (lastSentOfBad, lastCompletedOfBad, lastRefused, good) = (TimeSpan.MinValue, TimeSpan.MinValue, TimeSpan.MinValue, 0);
        foreach (ref readonly var request in requests)
        {
            if (request.IsOpen)
            {
                if (request.IsSent)
                {
                    open.Add(request);
                }

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
        };
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
