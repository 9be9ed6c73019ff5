using ChaosHarness.Containers.Hosts;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Tests.Hosts;

/// <summary>A container that is a host, with a folder of this machine in it.</summary>
internal sealed class HostInContainer(TestContainer container) : IAsyncDisposable
{
    public TestContainer Container => container;

    public ContainerHost Host => new(container.Engine, container.Name);

    public static async Task<HostInContainer> StartAsync(string? folder = null, Action<CreateContainerParameters>? change = null)
    {
        var image = await EngineOfTests.HostImageAsync();
        return new HostInContainer(await TestContainer.StartAsync(EngineOfTests.Engine, image, parameters =>
        {
            parameters.HostConfig!.Binds = folder is null ? [] : [$"{folder}:{folder}"];
            change?.Invoke(parameters);
        }));
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();
}
