using System.Buffers;
using HdrHistogram;

namespace ChaosHarness.Checkers.Answers;

/// <summary>Counts many latencies by the microsecond, several times faster than the histogram does that takes them over.</summary>
internal readonly struct LatencyCounts
{
    // Below so many, going through all counters costs more than it saves.
    private const int Many = 4096;

    // Whatever takes longer than 65 ms is counted one by one.
    private const int Microseconds = 1 << 16;
    private readonly int[] _counts;

    public LatencyCounts(int latencies)
    {
        _counts = latencies < Many ? [] : ArrayPool<int>.Shared.Rent(Microseconds);
        _counts.AsSpan().Clear();
    }

    /// <returns>False when it is too long, or there are too few to be counted here.</returns>
    public bool TryAdd(long microseconds)
    {
        if (microseconds >= _counts.Length)
        {
            return false;
        }

        _counts[microseconds]++;
        return true;
    }

    public void MoveTo(LongHistogram histogram, long[] buckets)
    {
        for (var microseconds = 0; microseconds < _counts.Length; microseconds++)
        {
            if (_counts[microseconds] is > 0 and var count)
            {
                histogram.RecordValueWithCount(microseconds, count);
                buckets[LatencyBucket.IndexOf(microseconds)] += count;
            }
        }

        ArrayPool<int>.Shared.Return(_counts);
    }
}
