namespace ChaosHarness.Faults;

/// <summary>Several faults as one: what all compositions of them share.</summary>
internal abstract class CompositeFault(IReadOnlyList<Fault> faults, string between) : Fault
{
    public override string Description => string.Join(between, faults.Select(fault => fault.Description));

    public override IReadOnlyList<string> Targets => [.. faults.SelectMany(fault => fault.Targets).Distinct(StringComparer.Ordinal)];

    public override string? Impossible => faults.Select(fault => fault.Impossible).FirstOrDefault(reason => reason is not null);

    internal override IEnumerable<SingleFault> Singles => faults.SelectMany(fault => fault.Singles);

    protected IReadOnlyList<Fault> Parts => faults;
}
