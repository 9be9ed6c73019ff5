using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Fixtures.Clusters;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>The sweep as a table in Markdown.</summary>
internal static class ClusterTable
{
    public const string Head =
        """
        | system | fault | settings | n | RTA, lowest to highest bound | lost, of all acknowledged | runs with a loss | split brain (diverged) | duplicates |
        |---|---|---|---|---|---|---|---|---|
        """;

    public static string Line(ClusterRow row, IReadOnlyList<ClusterTrial> trials)
    {
        var struck = trials.Where(trial => trial.Lost is not null).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.System} | {row.Fault.Name} | {row.Settings} | {trials.Count}{Unread(trials.Count - struck.Count)} | {Times(struck)} | {Sum(struck, trial => trial.Lost)} of {Sum(struck, trial => trial.Acknowledged)} | {struck.Count(trial => trial.Lost > 0)} of {struck.Count} | {Sum(struck, trial => trial.Diverged)} in {struck.Count(trial => trial.Diverged > 0)} | {Sum(struck, trial => trial.Duplicated)} |");
    }

    /// <summary>A line a run, for whoever watches.</summary>
    public static string Told(ClusterTrial trial) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {trial.Outcome}: {Time(trial)}; {trial.Lost} of {trial.Acknowledged} lost, {trial.Diverged} diverged, {trial.Duplicated} twice, {trial.Promotions} promoted{(trial.Outcome == Outcome.Passed ? "" : $"; {trial.Reason}")}");

    private static string Unread(int unread) => unread == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({unread} not measured)");

    private static long? Sum(IEnumerable<ClusterTrial> trials, Func<ClusterTrial, long?> count) => trials.Sum(count);

    private static string Time(ClusterTrial trial) => trial.RecoveryTime is { } time ? $"{Seconds(time.Lower ?? 0)} to {Seconds(time.Upper)}" : "no time";

    private static string Times(List<ClusterTrial> trials)
    {
        var times = trials.Select(trial => trial.RecoveryTime).OfType<Checkers.Figure>().ToList();
        return times.Count == 0 ? "none" : $"{Seconds(times.Min(time => time.Lower ?? 0))} to {Seconds(times.Exists(time => time.Upper is null) ? null : times.Max(time => time.Upper))}";
    }

    private static string Seconds(double? seconds) => seconds is { } known ? known.ToString("0.0", CultureInfo.InvariantCulture) + " s" : "never";
}
