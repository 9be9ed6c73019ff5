using System.Numerics;

namespace ChaosHarness.Histories;

/// <summary>Counts times of any length in buckets a 64th of them wide, so that a percentile costs no sorting. Not for reports: those have three significant figures.</summary>
internal sealed class TickHistogram
{
    private const int SubBits = 6;
    private readonly int[] _counts = new int[(64 - SubBits + 1) << SubBits];

    public long Count { get; private set; }

    public void Add(long ticks)
    {
        _counts[BucketOf(Math.Max(ticks, 0))]++;
        Count++;
    }

    /// <summary>The upper end of the bucket that so many percent are at or below.</summary>
    public long Percentile(double percentile)
    {
        var wanted = (long)Math.Ceiling(Count * percentile / 100);
        long seen = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= wanted && seen > 0)
            {
                return UpperEnd(bucket);
            }
        }

        return 0;
    }

    private static int BucketOf(long ticks)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)ticks) - SubBits);
        return (shift << SubBits) + (int)(ticks >> shift);
    }

    private static long UpperEnd(int bucket)
    {
        if (bucket < 2 << SubBits)
        {
            return bucket;
        }

        var shift = (bucket >> SubBits) - 1;
        var mantissa = (bucket & ((1 << SubBits) - 1)) + (1L << SubBits);
        return ((mantissa + 1) << shift) - 1;
    }
}
