using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>What run it was, how it ended, and who is behind it.</summary>
internal static class Headline
{
    /// <summary>What stands where a killed run would have told something: that it says nothing must not read as if there had been nothing.</summary>
    public const string Killed = $"{PaperCell.NotRecorded}, as the process ended before the run did";

    public static Grid Of(DrilledRun drilled)
    {
        var (run, times) = (drilled.Record, drilled.Times);
        return Grid.OfFacts(
            ["Experiment", run.ExperimentId == run.Name ? run.Name : $"{run.Name} ({run.ExperimentId})"],
            ["System", $"{run.System} in {run.Environment}, {run.Topology}"],
            ["When", $"{times.Utc(TimeSpan.Zero)} to {times.Utc(run.Duration)} UTC, {DurationText.Format(run.Duration)}"],
            ["Injected", times.Span(run.Injection) ?? (run.Interrupted ? $"{Killed}; what has been undone since was injected" : "nothing was injected")],
            ["Outcome", OutcomeOf(run)],
            ["Why", Why(run)],
            ["Started by", run.Origin.StartedBy],
            ["Go given by", GoOf(run)],
            ["Run", run.RunId]);
    }

    /// <summary>How it ended; a run that a kill cut short says so.</summary>
    public static PaperCell OutcomeOf(RunRecord run) => new(run.Interrupted ? $"{run.Outcome}, interrupted: its process ended before it did" : run.Outcome.ToString())
    {
        IsGood = run.Outcome switch { Outcome.Passed => true, Outcome.Inconclusive => null, _ => false },
    };

    /// <summary>Why it ended so.</summary>
    public static string? Why(RunRecord run) => run.Reason ?? (run.Outcome == Outcome.Passed ? "every objective was met, and the steady state came back" : null);

    /// <summary>Who gave the go, and after how long.</summary>
    public static string GoOf(RunRecord run) => run.Go switch
    {
        { } go when go.Given == go.Asked => $"{Who(go)}, before the run began{Said(go)}",
        { } go => $"{Who(go)}, {DurationText.Format(go.Given - go.Asked)} after it was asked for{Said(go)}",
        null when run.Interrupted => Killed,
        _ when PersonWords.GoesOf(run) is [.., var refused] && refused.Detail.StartsWith("refused", StringComparison.Ordinal) => $"nobody: {refused.Source} {refused.Detail}",
        _ => "nobody was asked",
    };

    private static string Who(GoRecord go) => go.Role is { Length: > 0 } role ? $"{go.By} ({role})" : go.By;

    private static string Said(GoRecord go) => go.Text is { Length: > 0 } text ? $": {text}" : "";
}
