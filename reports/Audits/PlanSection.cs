using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>What was planned, as far as the record has it.</summary>
internal static class PlanSection
{
    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled)
    {
        var run = drilled.Record;
        return
        [
            new Words($"This is the plan as the record of the run has it. A record is written when its run is over: who wants to see the plan as it was approved compares it with the commit of {AuditSections.Named(AuditSections.Versions)}."),
            Grid.OfFacts(
                ["Hypothesis", run.Hypothesis],
                ["Scenario", run.Script?.Scenario],
                ["Expected", run.Script?.Expected],
                ["To be halted when", run.Script?.AbortWhen],
                ["Steps for people", run.Script is { Steps: { Count: > 0 } steps } ? string.Join("; ", steps.Select((step, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {step}"))) : null],
                ["System", $"{run.System} in {run.Environment}, {run.Topology}"],
                ["Components", run.Components.Count == 0 ? null : string.Join(", ", run.Components.Select(component => component.Zone is { } zone ? $"{component.Name} ({component.Kind}, zone {zone})" : $"{component.Name} ({component.Kind})"))],
                ["Ran with", run.Parameters.Count == 0 ? "no parameters" : string.Join(", ", run.Parameters.Select(parameter => $"{parameter.Key} = {parameter.Value}"))],
                ["Objectives", Objectives(run)],
                ["Stop conditions", StopConditions(run)],
                ["Allowed environments, largest number of targets, longest duration of a fault", null]),
            Faults(drilled),
        ];
    }

    private static string? Objectives(RunRecord run)
    {
        List<string> texts = run.Verdicts.Count > 0 ? [.. run.Verdicts.Select(verdict => verdict.Objective)] : [.. run.Objectives.Expectations.Select(expectation => expectation.Text)];
        return texts.Count == 0 ? null : string.Join("; ", texts);
    }

    private static string? StopConditions(RunRecord run)
    {
        var used = run.Figures.Named(FigureNames.StopConditionUsed).ToList();
        return used.Count == 0 ? null : string.Join("; ", used.Select(figure => $"{figure.Figure.Subject}, of which {FigureText.ValueOf(figure.Figure)} was used up at most"));
    }

    private static PaperBlock Faults(DrilledRun drilled) => drilled.Record.Faults.Count == 0
        ? new Words("Faults and schedule: not recorded, as a record has those that were injected.")
        : new Grid(
            $"Faults and schedule, {drilled.Times.Zero}",
            ["Fault", "Targets", "Strike", "To be there", "Undone by"],
            [.. drilled.Record.Faults.Select(fault => Row(fault, drilled.Times))]);

    private static IReadOnlyList<PaperCell> Row(FaultRecord fault, RunTimes times) =>
    [
        fault.Description,
        fault.Targets.Count == 0 ? null : string.Join(", ", fault.Targets),
        fault.IsWeakness ? "a weakness, before the first" : string.Create(CultureInfo.InvariantCulture, $"{fault.Strike + 1}"),
        fault.Planned is { } planned ? $"{times.Since(planned.Start)} to {times.Since(planned.End)}" : null,
        fault.RevertKind.Length == 0 ? null : fault.RevertKind,
    ];
}
