using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Answers;

/// <summary>Counts latencies, in the steps of the histogram that takes them over and several times faster than it does.</summary>
internal sealed class LatencyCounter : IDisposable
{
    /// <summary>Three significant figures: to the microsecond below 2 048, then in steps that double with every power of two.</summary>
    public static readonly StepScale Scale = new(11);

    private static readonly long Longest = TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly long[] _buckets = new long[LatencyBucket.Kinds];

    /// <summary>The longest, in ticks.</summary>
    public long Maximum { get; private set; }

    /// <summary>How many were due and could not be sent.</summary>
    public long NotSent { get; private set; }

    /// <summary>How many were counted, by steps of microseconds.</summary>
    public StepCounts Steps { get; } = new(Scale, Longest);

    /// <summary>How many were counted, by buckets.</summary>
    public IReadOnlyList<long> Buckets => _buckets;

    /// <summary>Counts a request that is complete.</summary>
    public void AddComplete(Chunk chunk, int at)
    {
        if (chunk.Verdict(at) == OperationVerdict.NotSent)
        {
            NotSent++;
        }
        else
        {
            Add(chunk.Completed(at) - chunk.Due(at));
        }
    }

    /// <summary>Counts all that a chunk holds of complete ones.</summary>
    public void Add(ChunkLatencies chunk)
    {
        NotSent += chunk.NotSent;
        Maximum = Math.Max(Maximum, chunk.Maximum);
        Steps.Add(chunk.Steps);
        foreach (var (bucket, count) in chunk.Buckets)
        {
            _buckets[bucket] += count;
        }
    }

    /// <summary>Counts a latency in ticks. To whole microseconds, upwards: no bound of a bucket lies in between.</summary>
    public void Add(long ticks)
    {
        Maximum = Math.Max(Maximum, ticks);
        var microseconds = Math.Max((ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond, 1);
        Steps.Add(microseconds);
        _buckets[LatencyBucket.IndexOf(microseconds)]++;
    }

    public void Dispose() => Steps.Dispose();
}
