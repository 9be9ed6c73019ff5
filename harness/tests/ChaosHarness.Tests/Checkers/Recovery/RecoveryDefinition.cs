using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>The recovery by its definition, with every request looked at for every question.</summary>
internal sealed class RecoveryDefinition
{
    private readonly TimeWindow _injection;
    private readonly List<Request> _good;
    private readonly List<(TimeSpan Sent, TimeSpan Met)> _bad;

    public RecoveryDefinition(IReadOnlyList<Request> known, TimeSpan now, RequestRule rule, TimeWindow injection, Stability stability)
    {
        _injection = injection;
        _good = [.. known.Where(request => request.IsGood)];
        var strike = injection.Start;
        var until = _good.Select(request => request.Sent).DefaultIfEmpty(TimeSpan.MinValue).Max();
        var open = known.Where(request => request.IsSent && request.IsOpen).ToList();
        var old = open.Where(request => now - request.Sent > rule.Longest).ToList();
        var proven = old.Where(request => now - request.Sent > rule.Limit || !_good.Exists(good => good.Sent >= request.Sent)).ToList();
        var failed = known.Where(request => !request.IsOpen && !request.IsGood && request.Completed >= strike).ToList();
        var refused = failed.Where(request => request.Verdict == OperationVerdict.NotSent).ToList();
        var late = failed.Where(request => request.Verdict == OperationVerdict.Slow && !(request.Completed - request.Sent > rule.SlowThreshold)).ToList();
        var bad = failed.Except(refused).Except(late).ToList();
        _bad = [.. proven.Select(request => (request.Sent, request.Sent + rule.Longest)), .. bad.Select(request => (request.Sent, Met(request, rule)))];
        var met = _bad.Select(entry => entry.Met)
            .Concat(old.Select(request => request.Sent + rule.Longest))
            .Concat(late.Select(request => Met(request, rule)))
            .Concat(refused.Select(request => request.Sent));

        var lastBad = _bad.Select(entry => entry.Sent).Append(strike).Max();
        var lastMet = met.Append(strike).Max();
        var interrupted = _bad.Count > 0 || old.Count > 0;
        var servedFrom = FirstAnswerTo(lastMet);
        var firstPending = open.Except(old).Select(request => request.Sent).DefaultIfEmpty(Request.Never).Min();
        var stableFrom = interrupted ? servedFrom : lastMet > injection.End ? lastMet : injection.End;
        var run = _good.Where(request => request.Sent >= stableFrom && request.Sent < firstPending).ToList();
        var recovered = run.Count >= stability.Observations && run.Max(request => request.Sent) >= stableFrom + stability.Duration;
        Bounds = new RecoveryBounds(interrupted, recovered, lastBad, lastMet, servedFrom, stableFrom);
        Until = until;
    }

    public RecoveryBounds Bounds { get; }

    public TimeSpan Until { get; }

    public TimeSpan FirstAnswerTo(TimeSpan sentFrom) => _good.Where(request => request.Sent >= sentFrom).Select(request => request.Completed).DefaultIfEmpty(Request.Never).Min();

    public TimeSpan? LongestUnseen() => Longest(_injection.Start, FirstAnswerTo(_injection.Start));

    public TimeSpan? LongestUnseenLater()
    {
        var from = _good.Where(request => request.Completed <= Bounds.ServedFrom).Max(request => request.Sent);
        return Longest(from, FirstAnswerTo(from + TimeSpan.FromTicks(1)));
    }

    public int Outages()
    {
        var (count, from) = (0, TimeSpan.MinValue);
        while (_bad.Exists(entry => entry.Sent > from))
        {
            count++;
            var met = _bad.Where(entry => entry.Sent > from).Min(entry => entry.Met);
            from = FirstAnswerTo(met > _injection.Start ? met : _injection.Start);
        }

        return count;
    }

    private static TimeSpan Met(Request request, RequestRule rule) => request.Completed < request.Sent + rule.Longest ? request.Completed : request.Sent + rule.Longest;

    // The longest begins at the origin, or just after a good one was sent.
    private TimeSpan? Longest(TimeSpan origin, TimeSpan first)
    {
        if (first == Request.Never)
        {
            return null;
        }

        return _good.Where(request => request.Sent >= origin && request.Sent < Until)
            .Select(request => FirstAnswerTo(request.Sent + TimeSpan.FromTicks(1)) - request.Sent)
            .Append(first - origin)
            .Max();
    }
}
