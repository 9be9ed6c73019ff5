using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Experiments;

/// <summary>The looks of a run without the run: nothing is held, written, sent or broken.</summary>
internal static class Rehearsal
{
    /// <summary>Why the experiment would not be injected now, as far as looks alone can tell; null when nothing speaks against it.</summary>
    public static async Task<string?> WhyNotAsync(Experiment experiment, RunnerOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<Fault> faults = [.. experiment.Weakened, .. experiment.Faults];
        if (Guard.WhyRefused(experiment.System, [.. faults.Select(fault => new PlannedHit(fault.Name, fault.Targets, fault.Impossible))], options.Safety) is { } refusal)
        {
            return refusal;
        }

        var run = new IntendedRun(experiment.Name, experiment.System.Name, experiment.System.Environment, options.Time.GetUtcNow());
        var sights = experiment.Probes.Where(probe => probe.Sight is not null).Select(probe => (probe.Name, probe.Sight!)).ToList();
        return await new RunPermits(options.Safety.Permits, options.Time, options.Limits.Permit).WhyRefusedAsync(run, cancellationToken).ConfigureAwait(false)
            ?? await new FaultLooks(options.Time, options.Limits.Look).WhyRefusedAsync(faults, sights, cancellationToken).ConfigureAwait(false);
    }
}
