using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>Undoes faults on hosts that are reached by ssh.</summary>
internal sealed class SshHostReverter() : HostReverter(SshHost.Kind)
{
    protected override IHost Make(HostAddress address) => SshHost.At(address);
}
