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
            planned = end.Planned;
        }

        return new StepEnd(inForce, planned);
    }
}
