using System.Globalization;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>The success metrics of the reliability pillar, from the runs of 90 days that passed or failed.</summary>
public static class SuccessMetrics
{
    /// <summary>The label of experiments that restore from a backup.</summary>
    public const string BackupLabel = "backup";

    /// <summary>Measures them.</summary>
    /// <param name="rows">The runs.</param>
    /// <returns>The five metrics, those that nobody measured without a value.</returns>
    public static IReadOnlyList<SuccessMetric> Of(IReadOnlyList<EvidenceRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var counted = rows.Where(row => row.IsConclusive && row.Runs90 > 0).ToList();
        var measured = counted.Sum(row => row.WithAvailability);
        var (interruptions, recoveries) = (counted.Sum(row => row.Interruptions), counted.Sum(row => row.Recoveries));
        var detections = counted.Sum(row => row.Detections);
        var backups = counted.Where(row => row.IsOfBackups).ToList();
        var restores = backups.Where(row => row.Shows(RunEvidence.Restored)).Sum(row => row.Runs90);
        var capacity = counted.Where(row => row.HasPassed && row.Shows(RunEvidence.EffectSeen) && row.CapacityLost is not null).ToList();
        return
        [
            new(
                "Served while failing",
                "Good requests of all that were due from the injection of a fault until observing ended: the mean over all runs. It is what users have while something fails, and no uptime.",
                measured == 0 ? null : counted.Sum(row => row.Availability) / measured,
                IsTime: false,
                measured),
            new(
                "MTTR",
                "Mean time to recovery: the mean of the upper bounds of RTA over the runs in which users were interrupted and served again.",
                recoveries == 0 ? null : counted.Sum(row => row.RecoveryTime) / recoveries,
                IsTime: true,
                recoveries,
                Notes(interruptions == recoveries ? null : string.Create(CultureInfo.InvariantCulture, $"{interruptions - recoveries} more did not recover and have no time"), Spread(counted))),
            new(
                "MTTD",
                "Mean time to detection: the mean of the upper bounds of TTD over the runs that a health check, a breaker or an alert of the system noticed.",
                detections == 0 ? null : counted.Sum(row => row.DetectionTime) / detections,
                IsTime: true,
                detections),
            new(
                "Backup validity",
                $"Runs that restored from a backup and held what came back against what was written, or are labelled {BackupLabel}, that passed, of all of them.",
                backups.Count == 0 ? null : (double)backups.Where(row => row.HasPassed).Sum(row => row.Runs90) / backups.Sum(row => row.Runs90),
                IsTime: false,
                backups.Sum(row => row.Runs90),
                backups.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{restores} of them restored a backup while the harness looked; of the others their label says so")),
            new(
                "Capacity headroom",
                "The largest share of a system's service instances that was taken away, with an effect that was seen, in a run that still passed.",
                capacity.Count == 0 ? null : capacity.Max(row => row.CapacityLost),
                IsTime: false,
                capacity.Sum(row => row.Runs90)),
        ];
    }

    // A mean over experiments of different kinds hides how far apart they are.
    private static string? Spread(IEnumerable<EvidenceRow> counted)
    {
        var means = counted.GroupBy(row => row.ExperimentId).Where(rows => rows.Sum(row => row.Recoveries) > 0).Select(rows => rows.Sum(row => row.RecoveryTime) / rows.Sum(row => row.Recoveries)).ToList();
        return means.Count < 2 ? null : $"from {Written(means.Min())} to {Written(means.Max())} in the mean, from experiment to experiment";

        static string Written(double seconds) => DurationText.Format(TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)));
    }

    private static string? Notes(params IEnumerable<string?> notes) => string.Join("; ", notes.OfType<string>()) is { Length: > 0 } text ? text : null;
}
