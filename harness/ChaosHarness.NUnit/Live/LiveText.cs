using System.Globalization;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Live;

/// <summary>What is told of a run while it goes on.</summary>
internal static class LiveText
{
    /// <summary>A step that is over; null where that is nothing to tell, or the end of the run tells it.</summary>
    public static string? Of(PhaseRecord phase, LiveRun run) => (phase.Name, phase.Status) switch
    {
        (PhaseName.Guard, PhaseStatus.Passed) => phase.Detail,
        (PhaseName.SteadyState, PhaseStatus.Passed) => $"steady; breaking it now: {run.Disaster}",
        (PhaseName.Inject, PhaseStatus.Passed) => "broken; waiting for it to recover",
        (PhaseName.Observe, PhaseStatus.Passed) => Recovery(run),
        (PhaseName.Revert, PhaseStatus.Passed) => "everything is undone",
        (PhaseName.Revert, _) => $"NOT UNDONE: {phase.Detail}",
        (PhaseName.Verify, PhaseStatus.Passed) => "steady again",
        (PhaseName.Verify, PhaseStatus.Failed) => $"not steady again: {phase.Detail}",
        _ => null,
    };

    /// <summary>A run that says nothing by itself for a while.</summary>
    public static string Meanwhile(LiveRun run) => run.Waiting is { } waiting ? $"waits for {waiting}" : run.Phase switch
    {
        PhaseName.Build or PhaseName.Guard => "looking whether it may be broken",
        PhaseName.SteadyState => "waiting for its steady state",
        PhaseName.Inject => $"breaking it: {run.Disaster}",
        PhaseName.Observe => string.Create(CultureInfo.InvariantCulture, $"{Recovery(run)}; waiting for {DurationText.Format(run.Deadline)} at most"),
        PhaseName.Revert => "undoing what was broken",
        _ => "waiting for its steady state, and looking up what was written",
    };

    private static string Recovery(LiveRun run)
    {
        var history = run.Look();
        var objective = run.Objectives.Rto is { } rto ? $" (RTO {DurationText.Format(rto)})" : "";
        return string.Join("; ", run.Recoveries.Select(recovery => recovery.Check(history)).Select(found => Words(found) + objective));
    }

    private static string Words(RecoveryFinding found) => found is { Recovered: true, Interrupted: true }
        ? $"{found.Signal} recovered after {found}"
        : $"{found.Signal}: {found}";
}
