namespace ChaosHarness.Faults;

internal sealed class SequentialFaults(IReadOnlyList<Fault> faults) : CompositeFault(faults, ", then ")
{
    internal override async Task<IReadOnlyList<ActiveFault>> InjectAsync(FaultInjection injection, CancellationToken cancellationToken)
    {
        var active = new List<ActiveFault>();
        foreach (var fault in Parts)
        {
            await Task.WhenAll(active.Where(earlier => earlier.EndsByItself).Select(earlier => earlier.Ended)).WaitAsync(cancellationToken).ConfigureAwait(false);
            injection.Strike++;
            active.AddRange(await fault.InjectAsync(injection, cancellationToken).ConfigureAwait(false));
        }

        return active;
    }
}
