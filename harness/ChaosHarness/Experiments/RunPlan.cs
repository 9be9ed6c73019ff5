using System.Globalization;
using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>Makes the plan of a run: first of what is written down, and before anybody decides on it with what people would do to undo it.</summary>
internal sealed class RunPlan(Experiment experiment, RunnerOptions options, RunClock clock)
{
    private IReadOnlyList<Fault> Faults => [.. experiment.Weakened, .. experiment.Faults];

    /// <summary>What is known of it without asking anybody.</summary>
    public PlanRecord Written() => Of([.. Faults.Select((fault, index) => Planned(fault, index, null))]);

    /// <summary>The same with what undoes each fault.</summary>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<PlanRecord> WithRecipesAsync(CancellationToken cancellationToken)
    {
        var calls = new ForeignCalls(options.Time);
        var recipes = await Task.WhenAll(Faults.Select(fault => calls.RunAsync(new Callee(fault.Name, "plan"), fault.PlanRevertAsync, options.Limits.Plan, cancellationToken))).ConfigureAwait(false);
        return Of([.. Faults.Zip(recipes).Select((pair, index) => Planned(pair.First, index, pair.Second.Value?.Instructions))]);
    }

    // The same text in every language, and no secret in what people are shown and keep.
    private PlanRecord Of(IReadOnlyList<PlannedFault> faults)
    {
        var system = experiment.System;
        var plan = new PlanRecord
        {
            Hash = "",
            MadeAt = clock.Now,
            ExperimentId = experiment.Id,
            Hypothesis = experiment.Statement,
            System = $"{system.Identity}, {system.Topology}",
            SystemVersion = system.Version,
            Parameters = options.Parameters,
            Schedule = experiment.Schedule.Description,
            Faults = faults,
            SteadyState = [.. experiment.Conditions.Select(condition => condition.Description)],
            SteadyFor = experiment.SteadyWindow,
            Observed =
            [
                .. experiment.Workloads.Select(workload => string.Create(CultureInfo.InvariantCulture, $"{workload.Name}, {workload.PerSecond:R} writes a second")),
                .. experiment.Probes.Select(probe => $"{probe.Name}, every {DurationText.Format(probe.Interval)}"),
            ],
            Expected = [.. experiment.Expectations.Select(expectation => expectation.Text)],
            StopConditions = [.. experiment.StopConditions.Select(condition => condition.Name)],
            AllowedEnvironments = options.Safety.AllowedEnvironments,
            MaximumTargets = options.Safety.MaximumTargets,
            MaximumTargetShare = options.Safety.MaximumTargetShare,
            Settle = experiment.Settle,
            Deadline = experiment.Deadline,
            ObserveAtLeast = experiment.ObserveAtLeast,
            VerifyWithin = experiment.VerifyWithin,
            Script = experiment.Script,
        };
        var masked = MaskedRecord.Of(plan);
        return masked with { Hash = PlanText.HashOf(masked) };
    }

    private PlannedFault Planned(Fault fault, int index, string? undo) => new(fault.Name, [.. fault.Targets], fault.MaximumDuration) { IsWeakness = index < experiment.Weakened.Count, Undo = undo };
}
