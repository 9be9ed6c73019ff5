namespace ChaosHarness.Faults;

internal sealed class SequentialFaults(IReadOnlyList<Fault> faults) : Fault
{
    public override string Description => string.Join(", then ", faults.Select(fault => fault.Description));

    public override IReadOnlyList<string> Targets => [.. faults.SelectMany(fault => fault.Targets).Distinct(StringComparer.Ordinal)];

    public override string? Impossible => faults.Select(fault => fault.Impossible).FirstOrDefault(reason => reason is not null);

    internal override async Task<IReadOnlyList<ActiveFault>> InjectAsync(FaultInjection injection, CancellationToken cancellationToken)
    {
        var active = new List<ActiveFault>();
        foreach (var fault in faults)
        {
            await Task.WhenAll(active.Where(earlier => earlier.EndsByItself).Select(earlier => earlier.Ended)).WaitAsync(cancellationToken).ConfigureAwait(false);
            active.AddRange(await fault.InjectAsync(injection, cancellationToken).ConfigureAwait(false));
        }

        return active;
    }
}
