using ChaosHarness.Histories;
using ChaosHarness.Timing;
using HdrHistogram;

namespace ChaosHarness.Checkers.Answers;

/// <summary>
/// Latencies of the requests that were due in a window, from the due time to the answer, of good and bad alike; three significant figures.
/// One that could not be sent has none: not sent is not fast. One that is overdue has waited at least as long as it is old.
/// </summary>
public sealed class LatencyDistribution
{
    private static readonly long Longest = TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly LongHistogram _latencies = new(Longest, 3);
    private readonly long[] _buckets = new long[LatencyBucket.Kinds];
    private long _maximum;

    private LatencyDistribution()
    {
    }

    /// <summary>Of nothing.</summary>
    public static LatencyDistribution None { get; } = new();

    /// <summary>How many were counted.</summary>
    public long Count => _latencies.TotalCount;

    /// <summary>How many were due and could not be sent, so that they have no latency.</summary>
    public long NotSent { get; private set; }

    /// <summary>The longest; null when none was counted.</summary>
    public TimeSpan? Maximum => Count == 0 ? null : TimeSpan.FromTicks(_maximum);

    /// <summary>How they are spread: the buckets that hold anything, the quickest first.</summary>
    public IReadOnlyList<LatencyBucket> Buckets => [.. _buckets.Select((count, index) => LatencyBucket.At(index, count)).Where(bucket => bucket.Count > 0)];

    /// <summary>Counts.</summary>
    /// <param name="operations">What one signal saw.</param>
    /// <param name="due">Counted are those due in it, both ends included.</param>
    /// <returns>The latencies.</returns>
    public static LatencyDistribution Of(Operations operations, TimeWindow due)
    {
        ArgumentNullException.ThrowIfNull(operations);
        var distribution = new LatencyDistribution();
        var (start, end) = (operations.From(due.Start), operations.From(due.End + TimeSpan.FromTicks(1)));
        var counts = new LatencyCounts(end - start);
        for (var index = start; index < end;)
        {
            var (chunk, at) = operations.Locate(index);
            var last = Math.Min(Chunk.Size, at + end - index);
            index += last - at;
            for (; at < last; at++)
            {
                distribution.Add(operations, chunk, at, counts);
            }
        }

        counts.MoveTo(distribution._latencies, distribution._buckets);
        return distribution;
    }

    /// <summary>The latency that so many percent keep.</summary>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>The latency; null when none was counted.</returns>
    public TimeSpan? Percentile(double percentile)
    {
        if (Count == 0)
        {
            return null;
        }

        // The histogram takes the nearest rank, which may be one too low: 59 of 60 are not 99 percent. Ranks are counted as percentiles are written.
        var rank = decimal.Ceiling((decimal)percentile * Count / 100);
        // It rounds up within its three figures; nothing is longer than the longest.
        var rounded = TimeSpan.FromTicks(_latencies.GetValueAtPercentile((double)(rank * 100 / Count)) * TimeSpan.TicksPerMicrosecond);
        return rounded.Ticks < _maximum ? rounded : TimeSpan.FromTicks(_maximum);
    }

    private void Add(Operations operations, Chunk chunk, int at, LatencyCounts counts)
    {
        var completed = chunk.Completed(at);
        if (completed <= operations.Until.Ticks)
        {
            if (chunk.Verdict(at) == OperationVerdict.NotSent)
            {
                NotSent++;
            }
            else
            {
                Add(completed - chunk.Due(at), counts);
            }
        }
        else if (operations.StandingOf(chunk, at) == Standing.Overdue)
        {
            Add(operations.Until.Ticks - chunk.Due(at), counts);
        }
    }

    // To whole microseconds, upwards: no bound of a bucket lies in between.
    private void Add(long ticks, LatencyCounts counts)
    {
        _maximum = Math.Max(_maximum, ticks);
        var microseconds = Math.Max((ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond, 1);
        if (!counts.TryAdd(microseconds))
        {
            _latencies.RecordValue(Math.Min(microseconds, Longest));
            _buckets[LatencyBucket.IndexOf(microseconds)]++;
        }
    }
}
