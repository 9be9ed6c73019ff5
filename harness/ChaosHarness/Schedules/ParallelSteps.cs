namespace ChaosHarness.Schedules;

internal sealed class ParallelSteps(IReadOnlyList<Schedule> all) : CompositeStep("InParallel", all, " and ")
{
    internal override bool StrikesAtOnce => All.All(step => step.StrikesAtOnce);

    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        run.Fork(All.Count - 1);
        var left = All.Count;
        // Their time counts from the last of them: where they do not strike together, nobody knows yet when it is over.
        var shared = StrikesAtOnce ? context : context with { Lasts = null };
        var ends = await Task.WhenAll(All.Select(BranchAsync)).ConfigureAwait(false);
        return new StepEnd([.. ends.SelectMany(end => end.InForce)], ends.Max(end => end.Planned));

        async Task<StepEnd> BranchAsync(Schedule step)
        {
            var end = await step.RunAsync(run, planned, shared, cancellationToken).ConfigureAwait(false);
            // The last of them is what goes on.
            if (Interlocked.Decrement(ref left) > 0)
            {
                run.Fork(-1);
            }

            return end;
        }
    }
}
