namespace ChaosHarness.Ledger.Statistics;

/// <summary>Quantiles of few values. A value may be infinite: a recovery that never came is longer than any other.</summary>
public static class Quantile
{
    /// <summary>The smallest value that at least this share of the values does not exceed (nearest rank): always one that was measured.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <param name="share">Above 0, at most 1.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double NearestRank(IReadOnlyCollection<double> values, double share)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var sorted = Sorted(values);
        return sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <returns>The median.</returns>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Median(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = Sorted(values);
        var (low, high) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        // Two infinite ones have no mean.
        return low.Equals(high) ? low : low + ((high - low) / 2);
    }

    private static double[] Sorted(IReadOnlyCollection<double> values) => values.Count > 0 ? [.. values.Order()] : throw new ArgumentException("There is no value.", nameof(values));
}
