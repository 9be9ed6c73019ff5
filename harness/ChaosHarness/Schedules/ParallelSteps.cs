namespace ChaosHarness.Schedules;

internal sealed class ParallelSteps(IReadOnlyList<Schedule> all) : CompositeStep("InParallel", all, " and ")
{
    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        var ends = await Task.WhenAll(All.Select(step => step.RunAsync(run, planned, context, cancellationToken))).ConfigureAwait(false);
        return new StepEnd([.. ends.SelectMany(end => end.InForce)], ends.Max(end => end.Planned));
    }
}
