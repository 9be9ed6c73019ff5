using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

internal sealed class SequentialSteps(IReadOnlyList<Schedule> all, string option = "InSequence") : CompositeStep(option, all, ", then ")
{
    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        var inForce = new List<ActiveFault>();
        foreach (var step in All)
        {
            var end = await step.RunAsync(run, planned, context with { Lasts = null }, cancellationToken).ConfigureAwait(false);
            inForce.AddRange(end.InForce);
            // Later by a tick at least: it is another strike.
            planned = end.Planned > planned ? end.Planned : planned + TimeSpan.FromTicks(1);
        }

        return new StepEnd(inForce, planned);
    }
}
