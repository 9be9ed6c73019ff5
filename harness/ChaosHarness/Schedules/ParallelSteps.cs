namespace ChaosHarness.Schedules;

internal sealed class ParallelSteps(IReadOnlyList<Schedule> all) : CompositeStep("InParallel", all, " and ")
{
    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        run.Fork(All.Count - 1);
        var left = All.Count;
        var ends = await Task.WhenAll(All.Select(BranchAsync)).ConfigureAwait(false);
        return new StepEnd([.. ends.SelectMany(end => end.InForce)], ends.Max(end => end.Planned));

        async Task<StepEnd> BranchAsync(Schedule step)
        {
            var end = await step.RunAsync(run, planned, context, cancellationToken).ConfigureAwait(false);
            // The last of them is what goes on.
            if (Interlocked.Decrement(ref left) > 0)
            {
                run.Fork(-1);
            }

            return end;
        }
    }
}
