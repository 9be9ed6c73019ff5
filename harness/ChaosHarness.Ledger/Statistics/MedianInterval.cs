using MathNet.Numerics.Distributions;

namespace ChaosHarness.Ledger.Statistics;

/// <summary>
/// The confidence interval of a median from order statistics. It assumes nothing about how the values are spread: each lies above the true median
/// with probability one half, so the number above it is binomial. Hahn and Meeker, Statistical Intervals, section 5.2.
/// </summary>
public static class MedianInterval
{
    /// <summary>Finds the interval.</summary>
    /// <param name="values">Values of independent runs, in any order.</param>
    /// <param name="confidence">The least confidence, above 0 and below 1.</param>
    /// <returns>The narrowest symmetric interval between two of the values; null when there are too few of them (6 for 95 percent).</returns>
    public static Interval? Of(IReadOnlyCollection<double> values, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var sorted = values.Order().ToArray();
        for (var below = (sorted.Length / 2) - 1; below >= 0; below--)
        {
            // Missed when at most this many values lie on one side of the median.
            var coverage = 1 - (2 * Binomial.CDF(0.5, sorted.Length, below));
            if (coverage >= confidence)
            {
                return new Interval(sorted[below], sorted[sorted.Length - 1 - below], coverage);
            }
        }

        return null;
    }
}
