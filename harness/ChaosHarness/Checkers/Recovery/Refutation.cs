namespace ChaosHarness.Checkers.Recovery;

/// <summary>Whether what was seen refutes that no request which meets no outage takes longer than assumed, or that the times can be trusted so finely.</summary>
/// <param name="Longest">What is assumed.</param>
/// <param name="FirstStrike">When anything struck first.</param>
/// <param name="Strike">When that struck which is measured.</param>
/// <param name="ServedFrom">When the system would have been back under the assumption.</param>
internal readonly record struct Refutation(TimeSpan Longest, TimeSpan FirstStrike, TimeSpan Strike, TimeSpan ServedFrom)
{
    public bool IsIn(KnownRequests requests)
    {
        for (var chunk = 0; chunk < requests.Chunks; chunk++)
        {
            foreach (ref readonly var request in requests.Read(chunk))
            {
                if (SentTooLate(request, requests.Now) || (request.IsSent && (TookTooLongBefore(request) || TookTooLongAfter(request))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The harness itself was held up for longer than what is told apart here.
    private bool SentTooLate(in Request request, TimeSpan now) =>
        request.IsSent
            ? request.Sent >= Strike && request.Sent - request.Due > Longest
            : now - request.Due > Longest;

    // Nothing had struck yet, and it was still open.
    private bool TookTooLongBefore(in Request request) => request.Sent + Longest < FirstStrike && request.Completed > request.Sent + Longest;

    private bool TookTooLongAfter(in Request request) => request.IsGood && request.Sent >= ServedFrom && request.Took > Longest;
}
