namespace ChaosHarness.Checkers.Recovery;

/// <summary>
/// How many outages there were at least: one until a good answer to a request that was sent when a bad one had surely met it, and one more
/// for each bad request that was sent after that. Requests come in the order in which they were due.
/// </summary>
internal sealed class OutageCount
{
    private readonly Frontier _bad = new();
    private readonly Frontier _answers = new();
    private TimeSpan _sentFrom = TimeSpan.MinValue;
    private TimeSpan? _met;
    private int _count;

    private OutageCount()
    {
    }

    public static int Of(KnownRequests requests, RequestRule rule, TimeSpan strike)
    {
        var outages = new OutageCount();
        var lastGood = requests.LastSentOfGood();
        for (var chunk = 0; chunk < requests.Chunks; chunk++)
        {
            foreach (ref readonly var request in requests.Read(chunk))
            {
                if (!request.IsSent)
                {
                    continue;
                }

                var kind = request.IsOpen
                    ? rule.OfOpen(request, requests.Now, lastGood, out var met)
                    : rule.OfComplete(request, strike, out met);
                if (kind == RequestKind.Bad)
                {
                    outages._bad.Add(request.Sent, met > strike ? met : strike);
                }
                else if (kind == RequestKind.Good && request.Sent >= strike)
                {
                    outages._answers.Add(request.Sent, request.Completed);
                }
                else
                {
                    continue;
                }

                outages.Settle(request.Due);
            }
        }

        outages.Settle(Request.Never);
        return outages._count;
    }

    // Whatever is due after the horizon is sent no earlier, and known no earlier.
    private void Settle(TimeSpan horizon)
    {
        while (true)
        {
            if (_met is { } met)
            {
                _answers.DropBefore(met);
                if (!_answers.TryFirst(out _, out var answered) || answered >= horizon)
                {
                    return;
                }

                // Sent in the very tick of the answer is no proof of another one, nor any progress.
                (_sentFrom, _met) = (answered + TimeSpan.FromTicks(1), null);
            }
            else
            {
                _bad.DropBefore(_sentFrom);
                if (!_bad.TryFirst(out _, out var next) || next >= horizon)
                {
                    _answers.DropBefore(horizon);
                    return;
                }

                (_count, _met) = (_count + 1, next);
            }
        }
    }
}
