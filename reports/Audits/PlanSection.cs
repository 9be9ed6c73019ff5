using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Audits;

/// <summary>What was planned, as far as the record has it.</summary>
internal static class PlanSection
{
    /// <summary>The file of the pack that has the plan as it was hashed.</summary>
    public const string TextFile = "plan.txt";

    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled)
    {
        var run = drilled.Record;
        var plan = run.Plan;
        return
        [
            new Words(Standing(run)),
            Grid.OfFacts(
                ["SHA-256 of the plan", plan is null ? null : plan.IsAsHashed() ? plan.Hash : $"{plan.Hash}, and what is kept of the plan is not what that is of"],
                ["Made at", plan is null ? null : $"{drilled.Times.Utc(plan.MadeAt)} UTC"],
                ["Approved", Approval(run)],
                ["Hypothesis", plan?.Hypothesis ?? run.Hypothesis],
                ["Scenario", Script(run)?.Scenario],
                ["Expected", Script(run)?.Expected],
                ["To be halted when", Script(run)?.AbortWhen],
                ["Steps for people", Script(run) is { Steps: { Count: > 0 } steps } ? string.Join("; ", steps.Select((step, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {step}"))) : null],
                ["System", $"{run.System} in {run.Environment}, {run.Topology}"],
                ["Components", run.Components.Count == 0 ? null : string.Join(", ", run.Components.Select(component => component.Zone is { } zone ? $"{component.Name} ({component.Kind}, zone {zone})" : $"{component.Name} ({component.Kind})"))],
                ["Ran with", run.Parameters.Count == 0 ? "no parameters" : string.Join(", ", run.Parameters.Select(parameter => $"{parameter.Key} = {parameter.Value}"))],
                ["Schedule", plan?.Schedule],
                ["Steady state", plan is { SteadyState.Count: > 0 } ? $"{string.Join("; ", plan.SteadyState)}, for {DurationText.Format(plan.SteadyFor)}" : null],
                ["Observed", plan is null ? null : string.Join("; ", plan.Observed)],
                ["Objectives", Objectives(run)],
                ["Recovery is waited for", plan is null ? null : $"{DurationText.Format(plan.Deadline)} from the last strike; then the steady state {DurationText.Format(plan.VerifyWithin)}"],
                ["Stop conditions", StopConditions(run)],
                ["Allowed environments, largest number of targets, longest duration of a fault", plan is null ? null : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", plan.AllowedEnvironments)}; {plan.MaximumTargets}, and {plan.MaximumTargetShare:0.#%} of all; {(plan.Faults.Count == 0 ? "no fault" : DurationText.Format(plan.Faults.Max(fault => fault.AtMost)))}")]),
            .. plan is { Faults.Count: > 0 } ? [Planned(plan)] : Array.Empty<PaperBlock>(),
            Faults(drilled),
            .. FaultTable.UnstruckOf(run),
        ];
    }

    private static DrillScript? Script(RunRecord run) => run.Plan is { } plan ? plan.Script : run.Script;

    private static string Standing(RunRecord run) => run.Plan is null
        ? $"This is the plan as the record of the run has it. A record is written when its run is over: who wants to see the plan as it was approved compares it with the commit of {AuditSections.Named(AuditSections.Versions)}."
        : $"This is the plan as it was made before anybody was asked for the go. {TextFile} of this pack is its text, and the SHA-256 of that file is the one that is told here.";

    private static string? Approval(RunRecord run) => run switch
    {
        { Go: null, Interrupted: true } => Headline.Killed,
        { Go: null } => run.Plan is null ? null : "by nobody: no go was asked for, or none was given",
        { Go.Plan: null, Plan: null } => null,
        { Go: { Plan: null, By: var by } given } when given.Given == given.Asked => $"{by} gave the go in advance, before there was a plan to show",
        { Go: { Plan: null, By: var by } } => $"by {by}, who did not say which plan they saw; the run waited with this one",
        { Go: { Plan: { } shown, By: var by } } when shown == run.Plan?.Hash => $"by {by}, who was shown this hash",
        { Go: { Plan: { } shown, By: var by } } => $"{by} was shown another plan: {shown}",
    };

    private static Grid Planned(PlanRecord plan) => new(
        "Faults as they were planned",
        ["Fault", "Targets", "At most", "Undone by hand by"],
        [.. plan.Faults.Select(fault => (IReadOnlyList<PaperCell>)[fault.IsWeakness ? $"{fault.Description} (a weakness)" : fault.Description, string.Join(", ", fault.Targets), DurationText.Format(fault.AtMost), fault.Undo])]);

    private static string? Objectives(RunRecord run)
    {
        List<string> texts = run.Plan is { Expected.Count: > 0 } plan ? [.. plan.Expected] : run.Verdicts.Count > 0 ? [.. run.Verdicts.Select(verdict => verdict.Objective)] : [.. run.Objectives.Expectations.Select(expectation => expectation.Text)];
        return texts.Count == 0 ? null : string.Join("; ", texts);
    }

    private static string? StopConditions(RunRecord run)
    {
        var used = run.Figures.Named(FigureNames.StopConditionUsed).ToList();
        return used.Count == 0 ? run.Plan is { } plan ? plan.StopConditions.Count == 0 ? "none" : string.Join("; ", plan.StopConditions) : null : string.Join("; ", used.Select(figure => $"{figure.Figure.Subject}, of which {FigureText.ValueOf(figure.Figure)} was used up at most"));
    }

    private static PaperBlock Faults(DrilledRun drilled) => drilled.Record.Faults.Count == 0
        ? new Words(drilled.Record.Interrupted ? $"Faults that were injected: {Headline.Killed}; what has been undone since was." : drilled.Record.Plan is null ? "Faults and schedule: not recorded, as a record has those that were injected." : "No fault was injected.")
        : new Grid(
            $"Faults that were injected, {drilled.Times.Zero}",
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
