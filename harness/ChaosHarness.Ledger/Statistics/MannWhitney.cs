using MathNet.Numerics.Distributions;

namespace ChaosHarness.Ledger.Statistics;

/// <summary>
/// The rank-sum test of Mann and Whitney, one-sided: how likely are ranks as high as these by chance, if both groups are spread alike? It looks at
/// the order of values alone, so outliers and infinite values cannot mislead it. Equal values share their ranks.
/// </summary>
public static class MannWhitney
{
    // Beyond this the sums are spread much like a normal distribution: with few latest values a probability of 1 percent is a tenth too large, which is the safe side.
    private const int ExactUpTo = 200;

    /// <summary>Finds the probability.</summary>
    /// <param name="baseline">The values before.</param>
    /// <param name="latest">The values that may have grown.</param>
    /// <returns>The p-value of "the latest are not larger", exact up to 200 values in all; 1 when a group is empty.</returns>
    public static double Larger(IReadOnlyCollection<double> baseline, IReadOnlyCollection<double> latest)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(latest);
        if (baseline.Count == 0 || latest.Count == 0)
        {
            return 1;
        }

        var values = baseline.Select(value => (Value: value, IsLatest: false)).Concat(latest.Select(value => (Value: value, IsLatest: true))).OrderBy(entry => entry.Value).ToList();
        var ranks = DoubledRanks([.. values.Select(entry => entry.Value)]);
        var sum = Enumerable.Range(0, values.Count).Where(i => values[i].IsLatest).Sum(i => ranks[i]);
        return values.Count <= ExactUpTo ? Exact(ranks, latest.Count, sum) : Approximate(ranks, latest.Count, sum);
    }

    // Twice the mean rank of equal values, which is whole.
    private static int[] DoubledRanks(double[] sorted)
    {
        var ranks = new int[sorted.Length];
        for (var first = 0; first < sorted.Length;)
        {
            var end = first;
            while (end < sorted.Length && sorted[end].Equals(sorted[first]))
            {
                end++;
            }

            Array.Fill(ranks, first + 1 + end, first, end - first);
            first = end;
        }

        return ranks;
    }

    // Of all choices of so many ranks, the share whose sum is at least this. Counted as probabilities: the numbers of choices outgrow any integer.
    private static double Exact(int[] ranks, int chosen, int sum)
    {
        // No choice sums up to more than the largest ranks do; they are sorted.
        var total = ranks[^chosen..].Sum();
        var share = new double[chosen + 1, total + 1];
        share[0, 0] = 1;
        for (var seen = 0; seen < ranks.Length; seen++)
        {
            for (var count = Math.Min(chosen, seen + 1); count >= 1; count--)
            {
                for (var at = total; at >= ranks[seen]; at--)
                {
                    share[count, at] += share[count - 1, at - ranks[seen]];
                }
            }
        }

        double all = 0, atLeast = 0;
        for (var at = 0; at <= total; at++)
        {
            all += share[chosen, at];
            atLeast += at >= sum ? share[chosen, at] : 0;
        }

        return atLeast / all;
    }

    private static double Approximate(int[] ranks, int chosen, int sum)
    {
        double n = ranks.Length;
        var mean = ranks.Average();
        var variance = ranks.Sum(rank => (rank - mean) * (rank - mean)) / n * chosen * (n - chosen) / (n - 1);
        // Doubled ranks lie two apart, so half a step is 1.
        return variance <= 0 ? 1 : 1 - Normal.CDF(chosen * mean, Math.Sqrt(variance), sum - 1);
    }
}
