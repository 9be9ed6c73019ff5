using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Gates;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Statistics;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>Makes the card of one experiment: a pure function of its runs.</summary>
public static class ExperimentReview
{
    private const double LeastHeadroom = 1.2;
    private const int RunsOfFlaky = 20;
    private const int ChangesOfFlaky = 3;

    /// <summary>Reviews an experiment.</summary>
    /// <param name="newestFirst">Its latest runs, at least one.</param>
    /// <param name="options">What no run knows.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>The card.</returns>
    public static ExperimentCard Review(IReadOnlyList<LedgerRun> newestFirst, ScorecardOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        ArgumentNullException.ThrowIfNull(options);
        var newest = newestFirst[0];
        var conclusive = newestFirst.Where(run => run.IsConclusive).ToList();
        // A test that never came to its experiment knows no system, and what measured nothing no objective.
        var known = newestFirst.FirstOrDefault(run => run.Series.IsOfAKnownSystem) ?? newest;
        var objectives = HeadlineObjectives.Of(newestFirst.FirstOrDefault(run => run.Figures.Count > 0) ?? newest);
        var recoveries = conclusive.Where(run => run.Headlines.Recovers is not null).Select(run => run.Headlines.Recovery).OfType<Bounds>().Select(bounds => bounds.Upper?.TotalSeconds ?? double.PositiveInfinity).ToList();
        var p95 = recoveries.Count >= ExperimentCard.LeastRunsForHeadroom ? Quantile.NearestRank(recoveries, 0.95) : (double?)null;
        var headroom = objectives.Rto is { } rto && p95 is { } worst ? rto.TotalSeconds / worst : (double?)null;
        var overdueAfter = known.Origin.Profile is { } profile && options.OverdueAfterDays.TryGetValue(profile, out var days) ? days : options.OverdueAfterDaysOtherwise;
        var last = conclusive is [var evidence, ..] ? evidence.StartedAt : (DateTimeOffset?)null;
        // What never came to a conclusion is waited for since it was first tried.
        var since = last ?? newestFirst[^1].StartedAt;
        var changes = RegressionGate.Judge(newestFirst, new GateOptions { Baseline = newest.Origin.Branch ?? "main", MaximumRegression = options.MaximumRegression })?.Changes ?? [];
        return new ExperimentCard
        {
            Series = known.Series,
            Name = newest.Name,
            Objectives = objectives,
            Runs = [.. newestFirst.Reverse()],
            Passed = conclusive.Count(run => run.Outcome == Outcome.Passed),
            Conclusive = conclusive.Count,
            IsFlaky = conclusive.Take(RunsOfFlaky).Zip(conclusive.Take(RunsOfFlaky).Skip(1)).Count(pair => pair.First.Outcome != pair.Second.Outcome) >= ChangesOfFlaky,
            MedianRecovery = recoveries.Count > 0 ? Quantile.Median(recoveries) : null,
            MedianRecoveryConfidence = MedianInterval.Of(recoveries),
            RecoveryP95 = p95,
            Headroom = headroom,
            Changes = changes,
            Risks = [.. Risks(conclusive, objectives, headroom, changes)],
            LastEvidence = last,
            OverdueAfterDays = overdueAfter,
            IsOverdue = !options.Retired.Contains(newest.ExperimentId, StringComparer.Ordinal) && now - since > TimeSpan.FromDays(overdueAfter),
        };
    }

    private static IEnumerable<string> Risks(List<LedgerRun> conclusive, HeadlineObjectives objectives, double? headroom, IReadOnlyList<ChangeOfMetric> changes)
    {
        if (conclusive is [{ Outcome: Outcome.Failed } last, ..])
        {
            yield return $"the last run failed: {FirstOf(last.Reason ?? "")}";
        }

        if (headroom is { } room and < LeastHeadroom)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"one run in twenty takes {1 / room:0%} of the RTO of {DurationText.Format(objectives.Rto!.Value)} or longer");
        }

        foreach (var change in changes.Where(change => change.Verdict == ChangeVerdict.Worse))
        {
            yield return Describe(change);
        }
    }

    // A line that announces the next one says nothing by itself.
    private static string FirstOf(string reason)
    {
        var lines = reason.Split('\n', StringSplitOptions.TrimEntries);
        return lines is [[.., ':'] heading, var first, ..] ? $"{heading} {first}" : lines[0];
    }

    /// <summary>Says in words how a figure got worse.</summary>
    /// <param name="change">The change.</param>
    /// <returns>Such as <c>RTA grew from 800ms to 1.2s (1.5 times)</c>.</returns>
    public static string Describe(ChangeOfMetric change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Metric == Metric.Failures)
        {
            return "the latest runs fail more often than those before";
        }

        // What is missing to all is what a factor of a share is of; that would have to be explained.
        var factor = double.IsFinite(change.Ratio) && change.Metric.Better != Better.Higher ? string.Create(CultureInfo.InvariantCulture, $" ({change.Ratio:0.##} times)") : "";
        return $"{change.Metric.Title} {(change.Metric.Better == Better.Higher ? "fell" : "grew")} from {Value(change.Metric, change.BaselineMedian)} to {Value(change.Metric, change.LatestMedian)}{factor}";
    }

    private static string Value(Metric metric, double value) => metric switch
    {
        _ when double.IsInfinity(value) => metric.Figure switch { FigureNames.RecoveryTime => "no recovery at all", FigureNames.TimeToDetect => "no detection at all", _ => "never" },
        _ when metric.Unit == Unit.Seconds => DurationText.Format(TimeSpan.FromSeconds(value)),
        _ when metric.Unit == Unit.Ratio => value.ToString("0.##%", CultureInfo.InvariantCulture),
        _ when metric.Unit == Unit.Count => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {metric.Unit}"),
    };
}
