namespace ChaosHarness.Checkers.Recovery;

/// <summary>
/// The longest outage that could have gone unseen: one that begins just after a request was sent lasts at most until the earliest good
/// answer to one that was sent later. Requests come in the order in which they were due.
/// </summary>
internal sealed class UnseenOutage
{
    private readonly Frontier _answers = new();
    private readonly TimeSpan _sentFrom;
    private TimeSpan _previous;
    private TimeSpan? _longest;

    private UnseenOutage(TimeSpan origin, TimeSpan sentFrom) => (_previous, _sentFrom) = (origin, sentFrom);

    /// <summary>Of the outages that began at or after a time, and before the last good request was sent; null when no good one was sent since.</summary>
    public static TimeSpan? From(KnownRequests requests, TimeSpan origin) => Longest(requests, new UnseenOutage(origin, origin));

    /// <summary>Of the outages that began after a time, and before the last good request was sent; null when no good one was sent since.</summary>
    public static TimeSpan? After(KnownRequests requests, TimeSpan origin) => Longest(requests, new UnseenOutage(origin, origin + TimeSpan.FromTicks(1)));

    private static TimeSpan? Longest(KnownRequests requests, UnseenOutage unseen)
    {
        for (var chunk = 0; chunk < requests.Chunks; chunk++)
        {
            if (requests.LastSentOfGoodIn(chunk) < unseen._sentFrom)
            {
                continue;
            }

            foreach (ref readonly var request in requests.Read(chunk))
            {
                if (request.Sent >= unseen._sentFrom && request.IsGood)
                {
                    // Whatever is due from now on is sent no earlier: it cannot come before what was answered earlier than that.
                    unseen.Settle(request.Due);
                    unseen._answers.Add(request.Sent, request.Completed);
                }
            }
        }

        unseen.Settle(Request.Never);
        return unseen._longest;
    }

    private void Settle(TimeSpan horizon)
    {
        while (_answers.TryFirst(out var sent, out var known) && known < horizon)
        {
            var length = known - _previous;
            _longest = _longest is { } longest && longest >= length ? longest : length;
            _previous = sent;
            _answers.DropFirst();
        }
    }
}
