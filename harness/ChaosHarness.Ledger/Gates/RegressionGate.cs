using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Gates;

/// <summary>Finds the experiments whose figures got worse, whichever these are.</summary>
public static class RegressionGate
{
    /// <summary>Judges every series of a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="now">The wall clock: runs from the future do not count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One entry a series, by name.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<IReadOnlyList<GateFinding>> JudgeAsync(RunLedger ledger, GateOptions options, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        var findings = new List<GateFinding>();
        foreach (var (number, series) in await LedgerQueries.NumberedSeriesAsync(ledger, cancellationToken).ConfigureAwait(false))
        {
            if (options.Profile is { } profile && profile != series.Profile)
            {
                continue;
            }

            // Runs of other branches lie between those that are compared; only of these the figures are read.
            var runs = await LedgerQueries.LatestAsync(
                ledger,
                number,
                now,
                (ChangeDetection.BaselineRuns + ChangeDetection.LatestRuns) * 10,
                candidates => Select(candidates, options) is var (baseline, latest) ? baseline.Concat(latest).Select(run => run.RunId).ToHashSet(StringComparer.Ordinal) : [],
                cancellationToken).ConfigureAwait(false);
            if (Judge(runs, options) is { } finding)
            {
                findings.Add(finding);
            }
        }

        return [.. findings.OrderBy(finding => finding.Name, StringComparer.Ordinal).ThenBy(finding => finding.Series.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Judges one series.</summary>
    /// <param name="runs">Its runs, the newest first.</param>
    /// <param name="options">What is compared.</param>
    /// <returns>How it stands; null when no run of it counts.</returns>
    public static GateFinding? Judge(IReadOnlyList<LedgerRun> runs, GateOptions options)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        return Select(runs, options) is var (baseline, latest)
            ? new GateFinding(latest[0].Series, latest[0].Name, baseline.Count, latest.Count, ChangeDetection.Compare(baseline, latest, options.MaximumRegression, options.Leading))
            : null;
    }

    private static (IReadOnlyList<LedgerRun> Baseline, IReadOnlyList<LedgerRun> Latest)? Select(IReadOnlyList<LedgerRun> runs, GateOptions options)
    {
        var counted = runs.Where(run => run.IsConclusive && !run.IsReplaced).ToList();
        var candidate = options.Candidate ?? (counted is [var last, ..] ? last.Origin.Branch : null);
        var latest = counted.Where(run => run.Origin.Branch == candidate).Take(ChangeDetection.LatestRuns).ToList();
        // On the branch of the baseline itself, what came before the latest runs is the baseline.
        return latest.Count == 0 ? null : ([.. counted.Except(latest).Where(run => IsBaseline(run, options.Baseline)).Take(ChangeDetection.BaselineRuns)], latest);
    }

    private static bool IsBaseline(LedgerRun run, string baseline) =>
        run.Origin.Branch == baseline || (baseline.Length >= 7 && run.Origin.Commit?.StartsWith(baseline, StringComparison.OrdinalIgnoreCase) == true);
}
