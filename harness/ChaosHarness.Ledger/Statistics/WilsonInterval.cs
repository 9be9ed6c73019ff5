using MathNet.Numerics.Distributions;

namespace ChaosHarness.Ledger.Statistics;

/// <summary>The confidence interval of a rate (Wilson 1927): honest where few runs all passed, which is where the usual one claims certainty.</summary>
public static class WilsonInterval
{
    /// <summary>Finds the interval.</summary>
    /// <param name="successes">How many succeeded.</param>
    /// <param name="trials">How many there were, at least 1.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <returns>The interval within 0 to 1; null without any trial.</returns>
    public static Interval? Of(long successes, long trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
        {
            return null;
        }

        var z = Normal.InvCDF(0, 1, (1 + confidence) / 2);
        var (n, rate) = ((double)trials, (double)successes / trials);
        var scale = 1 + (z * z / n);
        var centre = (rate + (z * z / (2 * n))) / scale;
        var half = z / scale * Math.Sqrt((rate * (1 - rate) / n) + (z * z / (4 * n * n)));
        return new Interval(successes == 0 ? 0 : Math.Max(centre - half, 0), successes == trials ? 1 : Math.Min(centre + half, 1), confidence);
    }
}
