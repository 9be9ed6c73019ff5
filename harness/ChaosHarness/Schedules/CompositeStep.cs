using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

/// <summary>Several steps as one: what all compositions of them share.</summary>
internal abstract class CompositeStep(string option, IReadOnlyList<Schedule> all, string between) : Schedule
{
    public override string Description => string.Join(between, all.Select(step => step.Description));

    public override IReadOnlyList<Fault> Faults => [.. all.SelectMany(step => step.Faults)];

    internal override IReadOnlyList<string> Mistakes => all.Count == 0 ? [$"{option}: the list is empty, nothing would happen."] : [.. all.SelectMany(step => step.Mistakes)];

    internal override bool EndsByItself => all.All(step => step.EndsByItself);

    internal override IEnumerable<Schedule> Strikes => all.SelectMany(step => step.Strikes);

    protected IReadOnlyList<Schedule> All => all;
}
