namespace ChaosHarness.Faults;

internal sealed class ParallelFaults(IReadOnlyList<Fault> faults) : CompositeFault(faults, " and ")
{
    internal override async Task<IReadOnlyList<ActiveFault>> InjectAsync(FaultInjection injection, CancellationToken cancellationToken)
    {
        var active = await Task.WhenAll(Parts.Select(fault => fault.InjectAsync(injection, cancellationToken))).ConfigureAwait(false);
        return [.. active.SelectMany(fault => fault)];
    }
}
