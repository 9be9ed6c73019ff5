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
    private readonly IntHistogram _latencies;
    private readonly IReadOnlyList<long> _buckets;
    private readonly long _maximum;

    private LatencyDistribution(LatencyCounter counter)
    {
        (_buckets, _maximum, NotSent) = (counter.Buckets, counter.Maximum, counter.NotSent);
        var counted = counter.Steps.Counted.ToList();
        // No larger than it has to be: looks make many of them.
        _latencies = new IntHistogram(Math.Max(2, counted.Count == 0 ? 0 : LatencyCounter.Scale.GreatestOf(counted[^1].Step)), 3);
        foreach (var (step, count) in counted)
        {
            _latencies.RecordValueWithCount(LatencyCounter.Scale.LeastOf(step), count);
        }
    }

    /// <summary>Of nothing.</summary>
    public static LatencyDistribution None { get; } = OfNothing();

    /// <summary>How many were counted.</summary>
    public long Count => _latencies.TotalCount;

    /// <summary>How many were due and could not be sent, so that they have no latency.</summary>
    public long NotSent { get; }

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
        using var counter = new LatencyCounter();
        var (start, end) = (operations.From(due.Start), operations.From(due.End + TimeSpan.FromTicks(1)));
        for (var index = start; index < end;)
        {
            var (chunk, at) = operations.Locate(index);
            var last = Math.Min(Chunk.Size, at + end - index);
            index += last - at;
            if (last - at == Chunk.Size && operations.SummaryOf(chunk) is { } summary)
            {
                counter.Add(ChunkLatencies.Of(chunk, summary));
                foreach (var open in summary.Open)
                {
                    Add(operations, chunk, open, counter);
                }

                continue;
            }

            for (; at < last; at++)
            {
                Add(operations, chunk, at, counter);
            }
        }

        return new LatencyDistribution(counter);
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

    private static LatencyDistribution OfNothing()
    {
        using var counter = new LatencyCounter();
        return new LatencyDistribution(counter);
    }

    private static void Add(Operations operations, Chunk chunk, int at, LatencyCounter counter)
    {
        if (chunk.Completed(at) <= operations.Until.Ticks)
        {
            counter.AddComplete(chunk, at);
        }
        else if (operations.StandingOf(chunk, at) == Standing.Overdue)
        {
            counter.Add(operations.Until.Ticks - chunk.Due(at));
        }
    }
}
