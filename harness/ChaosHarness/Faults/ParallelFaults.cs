namespace ChaosHarness.Faults;

internal sealed class ParallelFaults(IReadOnlyList<Fault> faults) : Fault
{
    public override string Description => string.Join(" and ", faults.Select(fault => fault.Description));

    public override IReadOnlyList<string> Targets => [.. faults.SelectMany(fault => fault.Targets).Distinct(StringComparer.Ordinal)];

    public override string? Impossible => faults.Select(fault => fault.Impossible).FirstOrDefault(reason => reason is not null);

    internal override async Task<IReadOnlyList<ActiveFault>> InjectAsync(FaultInjection injection, CancellationToken cancellationToken)
    {
        var active = await Task.WhenAll(faults.Select(fault => fault.InjectAsync(injection, cancellationToken))).ConfigureAwait(false);
        return [.. active.SelectMany(fault => fault)];
    }
}
