using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Replication;

/// <summary>The looks at a replica that were answered, in the order of their answers.</summary>
internal sealed class CanaryReads
{
    private readonly List<CanaryRead> _reads;
    private readonly long[] _newest;
    private readonly TimeSpan[] _lastSent;

    private CanaryReads(IEnumerable<CanaryRead> reads)
    {
        _reads = [.. reads.OrderBy(read => read.Answered)];
        _newest = new long[_reads.Count];
        _lastSent = new TimeSpan[_reads.Count];
        for (var index = 0; index < _reads.Count; index++)
        {
            _newest[index] = Math.Max(_reads[index].Newest, index == 0 ? long.MinValue : _newest[index - 1]);
            _lastSent[index] = index == 0 || _reads[index].Sent > _lastSent[index - 1] ? _reads[index].Sent : _lastSent[index - 1];
        }
    }

    public int Count => _reads.Count;

    private TimeSpan LastSent => Count == 0 ? TimeSpan.Zero : _lastSent[^1];

    public CanaryRead this[int index] => _reads[index];

    /// <summary>Looks that saw less than one that had been answered before they were sent.</summary>
    public int WentBack => _reads.Count(read => Search(index => _reads[index].Answered >= read.Sent) is > 0 and var before && _newest[before - 1] > read.Newest);

    public static CanaryReads Of(Operations reads) => new(reads
        .Where(read => read is { Completed: not null, Invoked: not null, Value: not null, Verdict: OperationVerdict.Good or OperationVerdict.Slow })
        .Select(read => new CanaryRead(read.Invoked!.Value, read.Completed!.Value, (long)read.Value!.Value)));

    /// <summary>
    /// How long after the primary the replica had each canary. The last ones are left out, seen or not: those for which no more time was left than the
    /// slowest that was seen had taken. Else whoever is a second behind would never have the last second of a run.
    /// </summary>
    public IReadOnlyList<Bounds> LagsOf(CanaryWrites canaries)
    {
        var lags = canaries.Acknowledged.Select(canary => (canary.Acknowledged, Lag: LagOf(canary))).Where(entry => entry.Lag is not null).ToList();
        var slowest = lags.Max(entry => entry.Lag!.Value.Upper) ?? TimeSpan.Zero;
        return [.. lags.Where(entry => entry.Acknowledged <= LastSent - slowest).Select(entry => entry.Lag!.Value)];
    }

    // It was there by the answer of the first look that saw it, and not yet when the last look before that was sent. Without an upper bound where none saw
    // it; null where none was made that could have.
    private Bounds? LagOf(Canary canary)
    {
        var first = Search(index => _newest[index] >= canary.Number);
        var unseen = first == 0 ? (TimeSpan?)null : _lastSent[first - 1];
        if (first < Count)
        {
            return Bounds.Between((unseen ?? TimeSpan.Zero) - canary.Acknowledged, _reads[first].Answered - canary.Invoked);
        }

        return unseen >= canary.Acknowledged ? new Bounds(unseen.Value - canary.Acknowledged, null) : null;
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
