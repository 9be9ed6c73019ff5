using System.Numerics;

namespace ChaosHarness.Checkers.Answers;

/// <summary>Latencies of about the same size. The buckets of all runs have the same bounds, so that they can be added up.</summary>
/// <param name="Upper">The longest latency counted here: a power of 10^(1/10) microseconds, each bound 26 percent above the one before; rounded to the microsecond.</param>
/// <param name="Count">How many there were.</param>
public readonly record struct LatencyBucket(TimeSpan Upper, long Count)
{
    private const int PerDecade = 10;
    private const int Decades = 12;

    // Below 10 us some round to the same microsecond.
    private static readonly long[] Bounds =
    [
        .. Enumerable.Range(0, (PerDecade * Decades) + 1)
            .Select(index => (long)Math.Round(Math.Pow(10, (double)index / PerDecade)))
            .Distinct(),
    ];

    // For each power of two the first bucket whose bound is not below it: from there it is at most four steps.
    private static readonly int[] FirstOf = [.. Enumerable.Range(0, 64).Select(power => Array.FindIndex(Bounds, bound => (ulong)bound >= 1UL << power) is >= 0 and var index ? index : Bounds.Length - 1)];

    /// <summary>How many buckets there are.</summary>
    internal static int Kinds => Bounds.Length;

    internal static LatencyBucket At(int index, long count) => new(TimeSpan.FromMicroseconds(Bounds[index]), count);

    /// <summary>The first bucket whose bound is not below a latency; the last one takes what is longer still.</summary>
    internal static int IndexOf(long microseconds)
    {
        var index = FirstOf[BitOperations.Log2((ulong)microseconds)];
        while (index < Bounds.Length - 1 && Bounds[index] < microseconds)
        {
            index++;
        }

        return index;
    }
}
