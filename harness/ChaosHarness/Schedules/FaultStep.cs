using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

/// <summary>A fault that strikes at once, and stays.</summary>
internal sealed class FaultStep(Fault fault) : Schedule
{
    public override string Description => fault.Name;

    public override IReadOnlyList<Fault> Faults => [fault];

    internal override IReadOnlyList<string> Mistakes => fault.Mistakes;

    internal override bool EndsByItself => false;

    internal override bool StrikesAtOnce => true;

    internal override IEnumerable<Schedule> Strikes => [this];

    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        var name = context.Name(fault.Name);
        var active = await run.StrikeAsync(this, name == fault.Name ? fault : fault.Named(name), planned, context.Lasts, cancellationToken).ConfigureAwait(false);
        return new StepEnd([active], run.Now);
    }
}
