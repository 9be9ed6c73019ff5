using ChaosHarness.Checkers;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Statistics;

/// <summary>
/// Tells decay from noise. A figure got worse when the latest runs are worse than those before by more than is tolerated (the ratio of Hodges and
/// Lehmann), by more than its resolution (the difference of the medians), and when chance alone would rank them so high with a probability of at most
/// <see cref="Significance"/>, shared by all that an experiment is compared by (Bonferroni): what leads, by default the recovery time, has
/// <see cref="LeadingShare"/> of it, the others that vary share the rest. All three must hold.
/// </summary>
public static class ChangeDetection
{
    /// <summary>How many of the newest runs are the latest ones.</summary>
    public const int LatestRuns = 5;

    /// <summary>How many runs before them are the baseline, at most.</summary>
    public const int BaselineRuns = 50;

    /// <summary>The fewest runs of a baseline.</summary>
    public const int LeastBaseline = 15;

    /// <summary>The fewest latest runs.</summary>
    public const int LeastLatest = 3;

    /// <summary>The probability of a false alarm in one comparison of an experiment. Looked at after each of 30 runs, few of those are independent.</summary>
    public const double Significance = 0.008;

    /// <summary>What of it the leading figure has.</summary>
    public const double LeadingShare = 0.9;

    /// <summary>Compares runs.</summary>
    /// <param name="baseline">Conclusive runs before.</param>
    /// <param name="latest">The latest conclusive runs.</param>
    /// <param name="tolerated">By what share a figure may get worse, such as 0.2.</param>
    /// <param name="leading">The figure that most false alarms are allowed to: the one that decay is to be seen in first. Where it was not measured, all share alike.</param>
    /// <returns>One entry for each figure that was measured in both, and one for failures.</returns>
    public static IReadOnlyList<ChangeOfMetric> Compare(IReadOnlyCollection<LedgerRun> baseline, IReadOnlyCollection<LedgerRun> latest, double tolerated, string leading = FigureNames.RecoveryTime)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(latest);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerated);
        var measured = Metrics.Of(latest)
            .Select(metric => (Metric: metric, Before: Values(metric, baseline), After: Values(metric, latest)))
            .Where(entry => entry.Before.Count > 0 && entry.After.Count > 0)
            .ToList();
        // What never varies can raise no alarm, and takes nothing from the others.
        var leaders = measured.Count(entry => entry.Metric.Figure == leading);
        var others = measured.Count(entry => entry.Metric.Figure != leading && entry.Before.Concat(entry.After).Distinct().Skip(1).Any());
        var (forLeaders, forOthers) = (Significance * LeadingShare / Math.Max(leaders, 1), Significance * (leaders > 0 ? 1 - LeadingShare : 1) / Math.Max(others, 1));
        return [.. measured.Select(entry => Compare(entry.Metric, entry.Before, entry.After, tolerated, entry.Metric.Figure == leading ? forLeaders : forOthers))];
    }

    private static ChangeOfMetric Compare(Metric metric, List<double> before, List<double> after, double tolerated, double significance)
    {
        var (median, latest) = (Quantile.Median(before), Quantile.Median(after));
        List<double> wasBad = [.. before.Select(metric.Badness)], isBad = [.. after.Select(metric.Badness)];
        var ratio = Shift.Ratio(wasBad, isBad);
        var difference = metric.Better == Better.Higher ? median - latest : latest - median;
        var isWorse = ratio > 1 + tolerated && !(difference < metric.Resolution);
        // Only asked of what is worse: of the rest it would change nothing.
        double? probability = isWorse ? MannWhitney.Larger(wasBad, isBad) : null;
        var verdict = before.Count < LeastBaseline || after.Count < LeastLatest || LeastProbability(before.Count, after.Count) > significance ? ChangeVerdict.NotEnoughRuns
            : probability <= significance ? ChangeVerdict.Worse
            : ChangeVerdict.Stable;
        return new ChangeOfMetric(metric, verdict, median, latest, ratio, probability);
    }

    // All of the latest above all of the baseline: no other order is less likely.
    private static double LeastProbability(int before, int after) => 1 / MathNet.Numerics.SpecialFunctions.Binomial(before + after, after);

    private static List<double> Values(Metric metric, IEnumerable<LedgerRun> runs) => [.. runs.Select(metric.Read).OfType<double>()];
}
