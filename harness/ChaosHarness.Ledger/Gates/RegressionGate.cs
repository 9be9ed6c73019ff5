using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Gates;

/// <summary>Finds the experiments whose recovery got worse.</summary>
public static class RegressionGate
{
    /// <summary>Judges every experiment of a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="now">The wall clock: runs from the future do not count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One entry an experiment, by name.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<IReadOnlyList<GateFinding>> JudgeAsync(RunLedger ledger, GateOptions options, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        var findings = new List<GateFinding>();
        foreach (var experiment in await LedgerQueries.ExperimentsAsync(ledger, cancellationToken).ConfigureAwait(false))
        {
            // Runs of other branches and profiles lie between those that are compared.
            var runs = await LedgerQueries.LatestAsync(ledger, experiment, now, (ChangeDetection.BaselineRuns + ChangeDetection.LatestRuns) * 10, cancellationToken).ConfigureAwait(false);
            if (Judge(runs, options) is { } finding)
            {
                findings.Add(finding);
            }
        }

        return [.. findings.OrderBy(finding => finding.Name, StringComparer.Ordinal)];
    }

    /// <summary>Judges one experiment.</summary>
    /// <param name="runs">Its runs, the newest first.</param>
    /// <param name="options">What is compared.</param>
    /// <returns>How it stands; null when no run of it counts.</returns>
    public static GateFinding? Judge(IReadOnlyList<LedgerRun> runs, GateOptions options)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        var profile = options.Profile ?? (runs is [var newest, ..] ? newest.Origin.Profile : null);
        var counted = runs.Where(run => run.IsConclusive && run.Origin.Profile == profile).ToList();
        var candidate = options.Candidate ?? (counted is [var last, ..] ? last.Origin.Branch : null);
        var latest = counted.Where(run => run.Origin.Branch == candidate).Take(ChangeDetection.LatestRuns).ToList();
        if (latest.Count == 0)
        {
            return null;
        }

        // On the branch of the baseline itself, what came before the latest runs is the baseline.
        var baseline = counted.Except(latest).Where(run => IsBaseline(run, options.Baseline)).Take(ChangeDetection.BaselineRuns).ToList();
        return new GateFinding(latest[0].ExperimentId, latest[0].Name, baseline.Count, latest.Count, ChangeDetection.Compare(baseline, latest, options.MaximumRegression));
    }

    private static bool IsBaseline(LedgerRun run, string baseline) =>
        run.Origin.Branch == baseline || (baseline.Length >= 7 && run.Origin.Commit?.StartsWith(baseline, StringComparison.OrdinalIgnoreCase) == true);
}
