namespace ChaosHarness.Checkers.Recovery;

/// <summary>
/// What is known of the requests of one source at a moment: summaries of what is complete, and what is open. Each question reads only the
/// chunks that can still change its answer, so that a look costs far less than reading everything.
/// </summary>
internal sealed class KnownRequests
{
    private readonly IRequests _requests;
    private readonly RequestSummary[] _summaries;

    public KnownRequests(IRequests requests)
    {
        _requests = requests;
        _summaries = new RequestSummary[requests.Chunks];
        for (var chunk = 0; chunk < _summaries.Length; chunk++)
        {
            if (!requests.TrySummary(chunk, out _summaries[chunk]))
            {
                _summaries[chunk] = RequestSummary.Of(requests.Read(chunk));
            }
        }
    }

    public TimeSpan Now => _requests.Now;

    public int Chunks => _summaries.Length;

    /// <summary>How many requests of a chunk are open.</summary>
    public int OpenIn(int chunk) => _summaries[chunk].Open;

    /// <summary>Reads a chunk of which some requests are open.</summary>
    /// <returns>At least those that are open.</returns>
    public ReadOnlySpan<Request> ReadOpen(int chunk) => _requests.ReadOpen(chunk);

    /// <summary>When the last of the requests that were answered well was sent; the least time when none was.</summary>
    public TimeSpan LastSentOfGood()
    {
        var last = TimeSpan.MinValue;
        foreach (ref readonly var summary in _summaries.AsSpan())
        {
            last = Later(last, summary.LastSentOfGood);
        }

        return last;
    }

    /// <summary>Whether a complete request is bad.</summary>
    public bool AnyBad(RequestRule rule, TimeSpan strike)
    {
        for (var chunk = Chunks - 1; chunk >= 0; chunk--)
        {
            if (_summaries[chunk].LastCompletedOfBad < strike || _summaries[chunk].LastSentOfBad == TimeSpan.MinValue)
            {
                continue;
            }

            foreach (ref readonly var request in _requests.Read(chunk))
            {
                if (!request.IsOpen && rule.OfComplete(request, strike, out _) == RequestKind.Bad)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>When the last bad one of the complete requests was sent, or the given time when that is later.</summary>
    public TimeSpan LastSentOfBad(RequestRule rule, TimeSpan strike, TimeSpan atLeast)
    {
        var last = atLeast;
        for (var chunk = Chunks - 1; chunk >= 0; chunk--)
        {
            if (_summaries[chunk].LastSentOfBad <= last)
            {
                continue;
            }

            foreach (ref readonly var request in _requests.Read(chunk))
            {
                if (request.Sent > last && !request.IsOpen && rule.OfComplete(request, strike, out _) == RequestKind.Bad)
                {
                    last = request.Sent;
                }
            }
        }

        return last;
    }

    /// <summary>By when all complete requests that are bad or in doubt had met their outage, or the given time when that is later.</summary>
    public TimeSpan LastMet(RequestRule rule, TimeSpan strike, TimeSpan atLeast)
    {
        var last = atLeast;
        for (var chunk = Chunks - 1; chunk >= 0; chunk--)
        {
            ref readonly var summary = ref _summaries[chunk];
            var byAnswer = summary.LastCompletedOfBad;
            var bySending = summary.LastSentOfBad == TimeSpan.MinValue ? TimeSpan.MinValue : summary.LastSentOfBad + rule.Longest;
            if (Later(byAnswer < bySending ? byAnswer : bySending, summary.LastRefused) <= last)
            {
                continue;
            }

            foreach (ref readonly var request in _requests.Read(chunk))
            {
                if (!request.IsOpen && rule.OfComplete(request, strike, out var met) is RequestKind.Bad or RequestKind.Doubt)
                {
                    last = Later(last, met);
                }
            }
        }

        return last;
    }

    /// <summary>The earliest good answer among the requests sent at or after a time; <see cref="Request.Never"/> when there is none.</summary>
    public TimeSpan FirstAnswerTo(TimeSpan sentFrom)
    {
        var first = Request.Never;
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            ref readonly var summary = ref _summaries[chunk];
            if (summary.LastSentOfGood < sentFrom || summary.FirstCompletedOfGood >= first)
            {
                continue;
            }

            if (summary.FirstSent >= sentFrom)
            {
                first = summary.FirstCompletedOfGood;
                continue;
            }

            foreach (ref readonly var request in _requests.Read(chunk))
            {
                if (request.Sent >= sentFrom && request.Completed < first && request.IsGood)
                {
                    first = request.Completed;
                }
            }
        }

        return first;
    }

    /// <summary>When the last of the requests that were answered well by a time was sent.</summary>
    public TimeSpan LastSentOfAnswered(TimeSpan by)
    {
        var last = TimeSpan.MinValue;
        for (var chunk = Chunks - 1; chunk >= 0; chunk--)
        {
            if (_summaries[chunk].LastSentOfGood <= last || _summaries[chunk].FirstCompletedOfGood > by)
            {
                continue;
            }

            foreach (ref readonly var request in _requests.Read(chunk))
            {
                if (request.Sent > last && request.Completed <= by && request.IsGood)
                {
                    last = request.Sent;
                }
            }
        }

        return last;
    }

    /// <summary>How many of the requests sent from one time to before another were answered well, and when the last of them was sent.</summary>
    public (long Count, TimeSpan LastSent) GoodSent(TimeSpan from, TimeSpan before)
    {
        var (count, last) = (0L, TimeSpan.MinValue);
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            ref readonly var summary = ref _summaries[chunk];
            if (summary.LastSentOfGood < from || summary.FirstSent >= before)
            {
                continue;
            }

            if (summary.FirstSent >= from && summary.LastSent < before)
            {
                count += summary.Good;
                last = Later(last, summary.LastSentOfGood);
                continue;
            }

            foreach (ref readonly var request in _requests.Read(chunk))
            {
                if (request.Sent >= from && request.Sent < before && request.IsGood)
                {
                    count++;
                    last = Later(last, request.Sent);
                }
            }
        }

        return (count, last);
    }

    /// <summary>When the last of the requests of a chunk that were answered well was sent.</summary>
    public TimeSpan LastSentOfGoodIn(int chunk) => _summaries[chunk].LastSentOfGood;

    /// <summary>When the first of the complete requests of a chunk was sent.</summary>
    public TimeSpan FirstSentIn(int chunk) => _summaries[chunk].FirstSent;

    public ReadOnlySpan<Request> Read(int chunk) => _requests.Read(chunk);

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
