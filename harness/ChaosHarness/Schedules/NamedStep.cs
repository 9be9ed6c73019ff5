using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

internal sealed class NamedStep(Schedule what, string name) : Schedule
{
    public override string Description => name;

    public override IReadOnlyList<Fault> Faults => what.Faults;

    internal override IReadOnlyList<string> Mistakes => [.. string.IsNullOrWhiteSpace(name) ? ["Named: a name has at least one letter."] : Array.Empty<string>(), .. what.Mistakes];

    internal override bool EndsByItself => what.EndsByItself;

    internal override bool StrikesAtOnce => what.StrikesAtOnce;

    internal override IEnumerable<Schedule> Strikes => what.Strikes;

    internal override Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken) =>
        what.RunAsync(run, planned, context with { Name = fault => context.Name(Faults.Count == 1 ? name : $"{name}: {fault}") }, cancellationToken);
}
