using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>How long good answers took before anything struck.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Longest">The longest that one took from being sent.</param>
internal readonly record struct SteadyAnswers(long Count, TimeSpan Longest)
{
    /// <summary>With fewer nothing is assumed of how long a request may take.</summary>
    private const int Enough = 100;

    public static SteadyAnswers Of(KnownRequests requests, TimeWindow steady)
    {
        var (count, longest) = (0L, TimeSpan.Zero);
        for (var chunk = 0; chunk < requests.Chunks; chunk++)
        {
            if (requests.FirstSentIn(chunk) >= steady.End)
            {
                continue;
            }

            foreach (ref readonly var request in requests.Read(chunk))
            {
                if (request.Sent >= steady.Start && request.Completed < steady.End && request.IsGood)
                {
                    count++;
                    longest = request.Took > longest ? request.Took : longest;
                }
            }
        }

        return new SteadyAnswers(count, longest);
    }

    /// <summary>The rule under the assumption that no request which meets no outage takes twice the longest seen; null when it would be no narrower.</summary>
    public RequestRule? Narrow(RequestRule rule) =>
        Count >= Enough && Longest * 2 < rule.Longest ? rule with { Longest = Longest * 2 } : null;
}
