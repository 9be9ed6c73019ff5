using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>How many tests passed in the last days.</summary>
/// <param name="Days">How many days.</param>
/// <param name="Passed">Runs that passed.</param>
/// <param name="Conclusive">Runs that passed or failed.</param>
/// <param name="Other">Runs that say nothing of the system: inconclusive, halted, broken.</param>
public sealed record SuccessRateOfPeriod(int Days, long Passed, long Conclusive, long Other)
{
    /// <summary>The share that passed, 0 to 1; null without a conclusive run.</summary>
    public double? Share => Conclusive == 0 ? null : (double)Passed / Conclusive;

    /// <summary>The Wilson interval of that share, 95 percent.</summary>
    public Interval? Confidence => WilsonInterval.Of(Passed, Conclusive);
}
