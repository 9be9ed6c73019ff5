using MathNet.Numerics.Distributions;

namespace ChaosHarness.Ledger.Statistics;

/// <summary>Fisher's exact test of two rates, one-sided.</summary>
public static class FisherExact
{
    /// <summary>How likely at least so many failures are among the latest by chance, if failures fall on all runs alike.</summary>
    /// <param name="baselineFailures">Failures before.</param>
    /// <param name="baselineRuns">Runs before.</param>
    /// <param name="latestFailures">Failures among the latest.</param>
    /// <param name="latestRuns">The latest runs.</param>
    /// <returns>The p-value of "the latest do not fail more often"; 1 when a group is empty or nothing failed.</returns>
    public static double MoreFailures(int baselineFailures, int baselineRuns, int latestFailures, int latestRuns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(baselineFailures);
        ArgumentOutOfRangeException.ThrowIfNegative(latestFailures);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(baselineFailures, baselineRuns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(latestFailures, latestRuns);
        if (baselineRuns == 0 || latestRuns == 0 || latestFailures == 0)
        {
            return 1;
        }

        var spread = new Hypergeometric(baselineRuns + latestRuns, baselineFailures + latestFailures, latestRuns);
        return Enumerable.Range(latestFailures, Math.Min(latestRuns, baselineFailures + latestFailures) - latestFailures + 1).Sum(spread.Probability);
    }
}
