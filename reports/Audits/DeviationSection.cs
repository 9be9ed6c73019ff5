using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Audits;

/// <summary>What went otherwise than planned or wanted.</summary>
internal static class DeviationSection
{
    private static readonly TimeSpan OnTime = TimeSpan.FromMilliseconds(100);

    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled)
    {
        var run = drilled.Record;
        List<string> deviations = [.. OfTheRun(run), .. Halts(drilled), .. Plan(run), .. run.Unstruck.Select(fault => $"Planned and not done: {fault}"), .. run.Faults.SelectMany(OfAFault), .. Pacing(run), .. Objectives(run), .. Steadiness(run)];
        return
        [
            deviations.Count == 0 ? new Words("None that the record tells.") : new Points(deviations),
            .. run.Interrupted ? [new Words("Deviations after the last step that is told above: not recorded.")] : Array.Empty<PaperBlock>(),
        ];
    }

    private static IEnumerable<string> OfTheRun(RunRecord run)
    {
        if (run.Interrupted)
        {
            yield return $"Interrupted: the process ended before the run did: {run.Reason}";
        }
        else if (run.Outcome is not (Outcome.Passed or Outcome.Failed))
        {
            yield return $"The run ended {run.Outcome}: {run.Reason ?? PaperCell.NotRecorded}";
        }

        if (run.Outcome is not (Outcome.Passed or Outcome.Failed))
        {
            yield return "It came to no conclusion of the system.";
        }

        if (run.Attempt > 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"It was attempt {run.Attempt} of its test: earlier ones have records of their own.");
        }

        if (run.Speed != 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The system's own waits passed {run.Speed:0.###} times as fast as where its objectives come from.");
        }

        foreach (var phase in run.Phases.Where(phase => phase.Status is PhaseStatus.Failed or PhaseStatus.Broken))
        {
            yield return $"The step {phase.Name} ended {phase.Status.ToString().ToLowerInvariant()}{(phase.Detail is { } detail ? $": {detail}" : "")}";
        }
    }

    private static IEnumerable<string> Halts(DrilledRun drilled) =>
        drilled.Record.Timeline.Where(happened => happened.Kind == TimelineKind.Halt).Select(halt => $"Halted at {drilled.Times.Utc(halt.At)} UTC: {halt.Detail}");

    private static IEnumerable<string> Plan(RunRecord run)
    {
        if (run.Plan is { } kept && !kept.IsAsHashed())
        {
            yield return $"What is kept of the plan is not what its hash {kept.Hash} is of.";
        }

        if (run.Go?.Plan is { } shown && shown != run.Plan?.Hash)
        {
            yield return $"The go was given for another plan than the one that is kept: {shown}.";
        }
    }

    private static IEnumerable<string> OfAFault(FaultRecord fault)
    {
        if (!FaultTable.IsUndone(fault) || fault.End == FaultEnd.Superseded)
        {
            yield return $"The fault '{fault.Description}' is {FaultTable.EndOf(fault)}.";
        }

        if (fault.Planned is { } planned && fault.Injected.Start - planned.Start is var late && late > OnTime)
        {
            yield return $"The fault '{fault.Description}' began {DurationText.Format(late)} later than planned.";
        }
    }

    private static IEnumerable<string> Pacing(RunRecord run)
    {
        foreach (var series in run.Observations)
        {
            if (series.Schedule.SentLate > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"Late pacing: {series.Schedule.SentLate:#,##0} of {series.Observations.Count:#,##0} requests of {series.Source} were sent more than one interval late, at worst {DurationText.Format(series.Schedule.WorstLateness)}. Latencies count from when they were due.");
            }

            if (series.Observations.Count(seen => seen.Verdict == OperationVerdict.NotSent) is var unsent and > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{unsent:#,##0} of {series.Observations.Count:#,##0} requests of {series.Source} could not be sent, as too many others were under way. They count as bad.");
            }
        }
    }

    private static IEnumerable<string> Objectives(RunRecord run) => ObjectiveTable.Missed(run).Select(verdict => $"Missed: {verdict.Objective}{(verdict.MissedBy is { } by ? $", by {by}" : "")}: {verdict.Actual}");

    private static IEnumerable<string> Steadiness(RunRecord run)
    {
        if (run.SteadyStateBefore is { Holds: false } before)
        {
            yield return $"The steady state did not hold before the injection: {before}";
        }

        if (run.SteadyStateAfter is { Holds: false } after)
        {
            yield return $"The steady state did not come back: {after}";
        }
    }
}
