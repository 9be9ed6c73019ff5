using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

internal sealed class AtStep(StepTime time, Schedule what) : Schedule
{
    public override string Description => $"{what.Description} at {time}";

    public override IReadOnlyList<Fault> Faults => what.Faults;

    internal override IReadOnlyList<string> Mistakes => [.. time.Mistake is { } mistake ? [mistake] : Array.Empty<string>(), .. what.Mistakes];

    internal override bool EndsByItself => what.EndsByItself;

    internal override IEnumerable<Schedule> Strikes => what.Strikes;

    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        var at = planned + time.Value;
        await run.UntilAsync(at, cancellationToken).ConfigureAwait(false);
        return await what.RunAsync(run, at, context, cancellationToken).ConfigureAwait(false);
    }
}
