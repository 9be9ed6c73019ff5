using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

internal sealed class ActionStep(string what, Func<CancellationToken, ValueTask> action, StepTime within) : Schedule
{
    public override string Description => what;

    public override IReadOnlyList<Fault> Faults => [];

    internal override IReadOnlyList<string> Mistakes =>
    [
        .. string.IsNullOrWhiteSpace(what) ? ["Do: say what is done."] : Array.Empty<string>(),
        .. within.Mistake is { } mistake ? [mistake] : Array.Empty<string>(),
    ];

    internal override bool EndsByItself => true;

    internal override IEnumerable<Schedule> Strikes => [];

    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        await run.ActAsync(what, action, within.Value, cancellationToken).ConfigureAwait(false);
        return new StepEnd([], run.Now);
    }
}
