namespace ChaosHarness.Ledger.Statistics;

/// <summary>How the latest values of a metric compare with those before.</summary>
/// <param name="Metric">Which metric.</param>
/// <param name="Verdict">Whether it got worse.</param>
/// <param name="BaselineMedian">The median before.</param>
/// <param name="LatestMedian">The median of the latest.</param>
/// <param name="Ratio">By what factor it got worse: above 1 when it did; of shares that should be large, of what is missing to all.</param>
/// <param name="Probability">How likely such ranks are by chance; null when the latest are not worse by more than is tolerated.</param>
public sealed record ChangeOfMetric(Metric Metric, ChangeVerdict Verdict, double BaselineMedian, double LatestMedian, double Ratio, double? Probability);
