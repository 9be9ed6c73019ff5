using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>Undoes faults that were commands on this machine.</summary>
internal sealed class LocalHostReverter() : HostReverter(LocalHost.Kind)
{
    protected override IHost Make(HostAddress address) => new LocalHost();
}
