using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

internal sealed class TimedStep(Schedule what, StepTime time) : Schedule
{
    public override string Description => $"{what.Description} for {time}";

    public override IReadOnlyList<Fault> Faults => what.Faults;

    internal override IReadOnlyList<string> Mistakes =>
    [
        .. time.Mistake is { } mistake ? [mistake] : Array.Empty<string>(),
        .. Faults.Where(fault => time.Value >= fault.MaximumDuration).Select(fault => $"For: '{fault.Name}' is to last {time}, which is not below its maximum duration; give it a longer one by AtMost."),
        .. what.Mistakes,
    ];

    internal override bool EndsByItself => true;

    internal override IEnumerable<Schedule> Strikes => what.Strikes;

    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        var struck = await what.RunAsync(run, planned, context with { Lasts = time.Value }, cancellationToken).ConfigureAwait(false);
        await run.UntilAsync(run.Now + time.Value, cancellationToken).ConfigureAwait(false);
        await run.EndAsync(struck.InForce).ConfigureAwait(false);
        return new StepEnd([], struck.Planned + time.Value);
    }
}
