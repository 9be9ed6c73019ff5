using ChaosHarness.Hosts;
using ChaosHarness.Tests.Hosts;

namespace ChaosHarness.Containers.Tests.Hosts;

/// <summary>What every host has to do, inside of a container.</summary>
public sealed class HostInContainerTests : HostContract
{
    private HostInContainer? _container;

    protected override IHost Host => _container!.Host;

    [OneTimeSetUp]
    public async Task StartAsync() => _container = await HostInContainer.StartAsync(Folder);

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }
}
