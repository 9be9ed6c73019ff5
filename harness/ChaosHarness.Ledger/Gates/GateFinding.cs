using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Gates;

/// <summary>How one series of runs stands against its baseline.</summary>
/// <param name="Series">The experiment, what it ran with and on what.</param>
/// <param name="Name">What it is called now.</param>
/// <param name="BaselineRuns">How many runs the baseline has.</param>
/// <param name="LatestRuns">How many of the latest runs were compared with it.</param>
/// <param name="Changes">One entry for each figure that was compared.</param>
public sealed record GateFinding(RunSeries Series, string Name, int BaselineRuns, int LatestRuns, IReadOnlyList<ChangeOfMetric> Changes)
{
    /// <summary>The experiment.</summary>
    public string ExperimentId => Series.ExperimentId;

    /// <summary>Whether anything got worse, or nothing could be said.</summary>
    public ChangeVerdict Verdict => Changes.Any(change => change.Verdict == ChangeVerdict.Worse) ? ChangeVerdict.Worse
        : Changes.Any(change => change.Verdict == ChangeVerdict.Stable) ? ChangeVerdict.Stable
        : ChangeVerdict.NotEnoughRuns;
}
