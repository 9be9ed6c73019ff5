using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Replication;

/// <summary>The looks at a replica that were answered, in the order of their answers.</summary>
internal sealed class CanaryReads
{
    private readonly List<CanaryRead> _reads;
    private readonly long[] _lasting;
    private readonly long[] _seen;
    private readonly TimeSpan _asked;

    private CanaryReads(IEnumerable<CanaryRead> reads, TimeSpan asked)
    {
        _reads = [.. reads.OrderBy(read => read.Answered)];
        _asked = asked;
        (_lasting, _seen) = (new long[_reads.Count], new long[_reads.Count]);
        for (var index = 0; index < _reads.Count; index++)
        {
            _seen[index] = Math.Max(_reads[index].Newest, index == 0 ? long.MinValue : _seen[index - 1]);
        }

        for (var index = _reads.Count - 1; index >= 0; index--)
        {
            _lasting[index] = Math.Min(_reads[index].Newest, index == _reads.Count - 1 ? long.MaxValue : _lasting[index + 1]);
        }
    }

    public int Count => _reads.Count;

    public CanaryRead this[int index] => _reads[index];

    /// <summary>Looks that saw less than one that had been answered before they were sent.</summary>
    public int WentBack => _reads.Count(read => Search(index => _reads[index].Answered >= read.Sent) is > 0 and var before && _seen[before - 1] > read.Newest);

    public static CanaryReads Of(Operations reads) => new(
        reads
            .Where(read => read is { Completed: not null, Invoked: not null, Value: not null, Verdict: OperationVerdict.Good or OperationVerdict.Slow })
            .Select(read => new CanaryRead(read.Invoked!.Value, read.Completed!.Value, (long)read.Value!.Value)),
        reads.Max(read => read.Invoked) ?? TimeSpan.Zero);

    /// <summary>
    /// How long after the primary the replica had each canary. The last ones are left out, seen or not: those for which no more time was left than the
    /// slowest that was seen had taken. Else whoever is a second behind would never have the last second of a run. A replica that answers no more was
    /// asked all the same.
    /// </summary>
    public IReadOnlyList<Bounds> LagsOf(CanaryWrites canaries)
    {
        var lags = canaries.Acknowledged.Select(canary => (canary.Acknowledged, Lag: LagOf(canary))).Where(entry => entry.Lag is not null).ToList();
        var slowest = lags.Max(entry => entry.Lag!.Value.Upper) ?? TimeSpan.Zero;
        return [.. lags.Where(entry => entry.Acknowledged <= _asked - slowest).Select(entry => entry.Lag!.Value)];
    }

    // It was there, for good, by the answer of the first look from which on every look saw it, and not yet when the look before that was sent. Without an
    // upper bound where there is none; null where nobody asked any more.
    private Bounds? LagOf(Canary canary)
    {
        var first = Search(index => _lasting[index] >= canary.Number);
        var unseen = first == 0 ? TimeSpan.Zero : _reads[first - 1].Sent;
        if (first < Count)
        {
            return Bounds.Between(unseen - canary.Acknowledged, _reads[first].Answered - canary.Invoked);
        }

        return _asked >= canary.Acknowledged ? new Bounds(unseen > canary.Acknowledged ? unseen - canary.Acknowledged : TimeSpan.Zero, null) : null;
    }

    // The first index of which it is true; Count when there is none.
    private int Search(Func<int, bool> isFound)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = isFound(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
