using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>
/// What a source tells of the recovery at a moment. Live and afterwards it is the same function, asked of what was known then.
/// An outage that a bad request met ended after <see cref="LastBad"/> and by <see cref="ServedFrom"/>: whoever was sent at or after
/// <see cref="LastMet"/> and answered well saw the system up after all of them.
/// </summary>
/// <param name="Interrupted">Whether any request is bad, or open for longer than a request takes.</param>
/// <param name="Recovered">Whether it was served, and stayed so long enough to count.</param>
/// <param name="LastBad">When the last bad request was sent, or the strike began.</param>
/// <param name="LastMet">By when every request that is bad or in doubt had met its outage.</param>
/// <param name="ServedFrom">The earliest good answer among those sent from <see cref="LastMet"/> on; <see cref="Request.Never"/> without one.</param>
/// <param name="StableFrom">From when on the requests count that prove the recovery to be stable; <see cref="Request.Never"/> when none does.</param>
internal readonly record struct RecoveryBounds(bool Interrupted, bool Recovered, TimeSpan LastBad, TimeSpan LastMet, TimeSpan ServedFrom, TimeSpan StableFrom)
{
    public static RecoveryBounds Of(KnownRequests requests, RequestRule rule, TimeWindow injection, Stability stability)
    {
        var (strike, now) = (injection.Start, requests.Now);
        var lastGood = requests.LastSentOfGood();
        var (lastBad, lastMet, firstPending, interrupted) = (strike, strike, Request.Never, false);
        for (var chunk = 0; chunk < requests.Chunks; chunk++)
        {
            if (requests.OpenIn(chunk) == 0)
            {
                continue;
            }

            foreach (ref readonly var request in requests.ReadOpen(chunk))
            {
                if (!request.IsOpen || !request.IsSent)
                {
                    continue;
                }

                var kind = rule.OfOpen(request, now, lastGood, out var met);
                if (kind == RequestKind.Pending)
                {
                    firstPending = request.Sent < firstPending ? request.Sent : firstPending;
                    continue;
                }

                interrupted = true;
                lastMet = Later(lastMet, met);
                lastBad = kind == RequestKind.Bad ? Later(lastBad, request.Sent) : lastBad;
            }
        }

        lastBad = requests.LastSentOfBad(rule, strike, lastBad);
        lastMet = requests.LastMet(rule, strike, lastMet);
        interrupted = interrupted || lastBad > strike || requests.AnyBad(rule, strike);
        var servedFrom = requests.FirstAnswerTo(lastMet);
        var stableFrom = interrupted ? servedFrom : Later(injection.End, lastMet);
        var (count, lastSent) = stableFrom < Request.Never ? requests.GoodSent(stableFrom, firstPending) : (0, TimeSpan.MinValue);
        var recovered = count >= Math.Max(stability.Observations, 1) && lastSent - stableFrom >= stability.Duration;
        return new RecoveryBounds(interrupted, recovered, lastBad, lastMet, servedFrom, stableFrom);
    }

    /// <summary>From the strike to the end of the last outage that a bad request met. Without an upper bound while that is not recovered from.</summary>
    public Bounds Actual(TimeWindow injection)
    {
        var lower = LastBad - injection.End;
        return new Bounds(lower > TimeSpan.Zero ? lower : TimeSpan.Zero, Recovered ? ServedFrom - injection.Start : null);
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
