using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>The recovery as it unfolds: told what is sent, refused and completed in the order in which it happens, and asked at any time.</summary>
internal sealed class StreamingRecovery(RequestRule rule, TimeWindow injection, Stability stability)
{
    // Answers that were the first to come of all requests sent since the one before: both times grow.
    private readonly List<(TimeSpan Sent, TimeSpan Completed)> _records = [];
    private readonly List<TimeSpan> _open = [];
    private readonly List<TimeSpan> _good = [];
    private TimeSpan _lastBad = injection.Start;
    private TimeSpan _lastMet = injection.Start;
    private TimeSpan _lastGood = TimeSpan.MinValue;
    private bool _anyBad;

    /// <summary>The longest outage that could have gone unseen so far.</summary>
    public TimeSpan? LongestUnseen { get; private set; }

    public void Send(TimeSpan at) => _open.Add(at);

    public void Refuse(TimeSpan at) => _lastMet = at >= injection.Start ? Later(_lastMet, at) : _lastMet;

    public void Complete(Request request)
    {
        _open.Remove(request.Sent);
        if (request.IsGood)
        {
            _good.Add(request.Sent);
            _lastGood = Later(_lastGood, request.Sent);
            Record(request.Sent, request.Completed);
        }
        else if (request.Completed >= injection.Start)
        {
            _lastMet = Later(_lastMet, request.Completed - request.Sent < rule.Longest ? request.Completed : request.Sent + rule.Longest);
            var isProven = request.Verdict == OperationVerdict.Error || request.Completed - request.Sent > rule.SlowThreshold;
            _anyBad |= isProven;
            _lastBad = isProven ? Later(_lastBad, request.Sent) : _lastBad;
        }
    }

    public RecoveryBounds At(TimeSpan now)
    {
        var old = _open.Where(sent => now - sent > rule.Longest).ToList();
        var proven = old.Where(sent => now - sent > rule.Limit || sent > _lastGood);
        var interrupted = _anyBad || old.Count > 0;
        var lastBad = proven.Append(_lastBad).Max();
        var lastMet = old.Select(sent => sent + rule.Longest).Append(_lastMet).Max();
        var servedFrom = _records.Where(record => record.Sent >= lastMet).Select(record => record.Completed).FirstOrDefault(Request.Never);
        var firstPending = _open.Except(old).DefaultIfEmpty(Request.Never).Min();
        var stableFrom = interrupted ? servedFrom : Later(injection.End, lastMet);
        var run = _good.Where(sent => sent >= stableFrom && sent < firstPending).ToList();
        return new RecoveryBounds(interrupted, run.Count >= stability.Observations && run.Max() >= stableFrom + stability.Duration, lastBad, lastMet, servedFrom, stableFrom);
    }

    private void Record(TimeSpan sent, TimeSpan completed)
    {
        if (sent < injection.Start || (_records is [.., var last] && sent <= last.Sent))
        {
            return;
        }

        if (_records is [.., var same] && same.Completed == completed)
        {
            _records.RemoveAt(_records.Count - 1);
        }

        var length = completed - (_records is [.., var before] ? before.Sent : injection.Start);
        LongestUnseen = LongestUnseen is { } longest && longest > length ? longest : length;
        _records.Add((sent, completed));
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
