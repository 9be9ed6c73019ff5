using ChaosHarness.Faults.Hosts;
using ChaosHarness.Hosts;

namespace ChaosHarness.Containers.Hosts;

/// <summary>Undoes faults that were commands in a container, after the run that injected them was killed.</summary>
public sealed class ContainerHostReverter() : HostReverter(ContainerHost.Kind)
{
    /// <inheritdoc/>
    protected override IHost Make(HostAddress address) => ContainerHost.At(address);
}
