using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Gates;

/// <summary>How one experiment stands against its baseline.</summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="Name">What it is called now.</param>
/// <param name="BaselineRuns">How many runs the baseline has.</param>
/// <param name="LatestRuns">How many of the latest runs were compared with it.</param>
/// <param name="Changes">One entry a metric.</param>
public sealed record GateFinding(string ExperimentId, string Name, int BaselineRuns, int LatestRuns, IReadOnlyList<ChangeOfMetric> Changes)
{
    /// <summary>Whether anything got worse, or nothing could be said.</summary>
    public ChangeVerdict Verdict => Changes.Any(change => change.Verdict == ChangeVerdict.Worse) ? ChangeVerdict.Worse
        : Changes.Any(change => change.Verdict == ChangeVerdict.Stable) ? ChangeVerdict.Stable
        : ChangeVerdict.NotEnoughRuns;
}
