using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

internal sealed class TimedFault(Fault fault, TimeSpan duration) : Fault
{
    public override string Description => $"{fault.Description} for {DurationText.Format(duration)}";

    public override IReadOnlyList<string> Targets => fault.Targets;

    public override string? Impossible => fault.Impossible;

    internal override IEnumerable<SingleFault> Singles => fault.Singles;

    internal override async Task<IReadOnlyList<ActiveFault>> InjectAsync(FaultInjection injection, CancellationToken cancellationToken)
    {
        var active = await fault.InjectAsync(injection, cancellationToken).ConfigureAwait(false);
        injection.EndAfter(active, duration);
        return active;
    }
}
