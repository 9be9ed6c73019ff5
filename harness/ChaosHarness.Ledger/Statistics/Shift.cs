namespace ChaosHarness.Ledger.Statistics;

/// <summary>By what factor values have grown: the median of all ratios of a later to an earlier one (Hodges and Lehmann).</summary>
public static class Shift
{
    /// <summary>Finds the factor.</summary>
    /// <param name="baseline">The values before, none negative; at least one.</param>
    /// <param name="latest">The values after; at least one.</param>
    /// <returns>1 when they have not changed; infinite when something comes from nothing, or never ends now.</returns>
    public static double Ratio(IReadOnlyCollection<double> baseline, IReadOnlyCollection<double> latest)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(latest);
        return Quantile.Median([.. latest.SelectMany(after => baseline.Select(before => Ratio(before, after)))]);
    }

    // Neither 0/0 nor infinity/infinity is a number, and neither is a change.
    private static double Ratio(double before, double after) => after.Equals(before) ? 1 : after / before;
}
