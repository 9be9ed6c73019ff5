using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.FollowUps;

/// <summary>What a run showed that has to be mended. People call it a finding; what a checker says of a history is another one.</summary>
public sealed record FollowUp
{
    /// <summary>Its number, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>What people call it, such as <c>F3</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"F{Number}");

    /// <summary>What has to be mended.</summary>
    public required string Text { get; init; }

    /// <summary>How bad it is.</summary>
    public required FollowUpSeverity Severity { get; init; }

    /// <summary>Who sees to it.</summary>
    public required string Owner { get; init; }

    /// <summary>The last day on which it is in time, UTC.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The run that showed it.</summary>
    public required string RunId { get; init; }

    /// <summary>When that began, UTC.</summary>
    public required DateTimeOffset ShownAt { get; init; }

    /// <summary>The experiment of that run.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>What that was called.</summary>
    public required string ExperimentName { get; init; }

    /// <summary>What it ran with, as <see cref="RunSeries.Parameters"/>.</summary>
    public required string Parameters { get; init; }

    /// <summary>The system that has to be mended.</summary>
    public required string System { get; init; }

    /// <summary>Where that runs.</summary>
    public required string Environment { get; init; }

    /// <summary>The experiment that proves it mended when it passes.</summary>
    public required string ProvedBy { get; init; }

    /// <summary>Whether such a run closes it by itself.</summary>
    public bool ClosesItself { get; init; } = true;

    /// <summary>When it was opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>What became of it, the oldest first.</summary>
    public IReadOnlyList<FollowUpEvent> History { get; init; } = [];

    /// <summary>The run that proves it mended as things stand, while nobody has closed it; null when it is closed, or none does.</summary>
    public string? Proof { get; init; }

    /// <summary>Whether it still has to be mended.</summary>
    public bool IsOpen => History is not [.., { Kind: not FollowUpEventKind.Reopened }];

    /// <summary>Finds out whether it is late.</summary>
    /// <param name="now">The wall clock.</param>
    /// <returns>Whether it is open after the day on which it was due, UTC.</returns>
    public bool IsOverdue(DateTimeOffset now) => IsOpen && DaysLate(now) > 0;

    /// <summary>Finds out how late it is, or would be.</summary>
    /// <param name="now">The wall clock.</param>
    /// <returns>Days after the one on which it was due, UTC; 0 and below when that is not over.</returns>
    public int DaysLate(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber - Due.DayNumber;

    /// <summary>Finds out whether a run proves it mended.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Why it does not; null when it does.</returns>
    public string? WhyNotProvedBy(LedgerRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return WhyNotOf(run)
            ?? (run.Outcome == Outcome.Passed ? null : $"run {run.RunId} ended {run.Outcome}: only one that passed proves it");
    }

    /// <summary>Finds out whether a run says anything of it, whether it passed or not.</summary>
    internal string? WhyNotOf(LedgerRun run) => run switch
    {
        _ when run.ExperimentId != ProvedBy => $"run {run.RunId} is of the experiment '{run.ExperimentId}', and {Id} is proved by '{ProvedBy}'",
        _ when ProvedBy == ExperimentId && run.Parameters != Parameters => $"run {run.RunId} ran with {run.Parameters}, and {Id} was shown with {Parameters}",
        _ when System != RunSeries.Unknown && (run.System, run.Environment) != (System, Environment) => $"run {run.RunId} ran on {run.System} in {run.Environment}, and {Id} is of {System} in {Environment}",
        _ when run.StartedAt <= ShownAt => $"run {run.RunId} began no later than run {RunId}, which showed it",
        _ when run.IsReplaced => $"a later attempt counts in the place of run {run.RunId}",
        _ => null,
    };
}
