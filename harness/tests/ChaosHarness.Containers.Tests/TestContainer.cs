using ChaosHarness.Containers.Engines;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Tests;

/// <summary>A container that a test starts, and that is removed with it.</summary>
internal sealed class TestContainer : IAsyncDisposable
{
    private TestContainer(ContainerEngine engine, string name, string id) => (Engine, Name, Id) = (engine, name, id);

    public ContainerEngine Engine { get; }

    public string Name { get; }

    public string Id { get; }

    public ContainerComponent Component => Engine.Container(Name);

    public static string FreeName(string word = "test") => $"{word}-{Guid.NewGuid().ToString("N")[..8]}";

    public static Task<TestContainer> StartAsync(Action<CreateContainerParameters>? change = null, string? name = null, string command = "exec sleep 600") =>
        StartAsync(EngineOfTests.Engine, EngineOfTests.Image, change, name, command);

    public static async Task<TestContainer> StartAsync(ContainerEngine engine, string image, Action<CreateContainerParameters>? change = null, string? name = null, string command = "exec sleep 600")
    {
        var parameters = new CreateContainerParameters { Name = name ?? FreeName(), Image = image, Cmd = ["/bin/bash", "-c", command], HostConfig = new HostConfig() };
        change?.Invoke(parameters);
        var created = await engine.AskAsync("creating", (client, token) => client.Containers.CreateContainerAsync(parameters, token), CancellationToken.None, TimeSpan.FromSeconds(20));
        await engine.DoAsync("starting", (client, token) => client.Containers.StartContainerAsync(created.ID, new(), token), CancellationToken.None, TimeSpan.FromSeconds(20));
        return new TestContainer(engine, parameters.Name, created.ID);
    }

    public async Task<FoundContainer> LookAsync() => (await Engine.FindAsync(Id, CancellationToken.None))!;

    public async Task<string> StatusAsync() => (await Engine.FindAsync(Id, CancellationToken.None))?.State.Status ?? "removed";

    public async Task ReachesAsync(string status)
    {
        for (var i = 0; i < 1500 && await StatusAsync() != status; i++)
        {
            await Task.Delay(20);
        }

        Assert.That(await StatusAsync(), Is.EqualTo(status));
    }

    public Task DoAsync(Func<Docker.DotNet.DockerClient, CancellationToken, Task> act) => Engine.DoAsync("changing", act, CancellationToken.None, TimeSpan.FromSeconds(20));

    public Task RemoveAsync() => DoAsync((client, token) => client.Containers.RemoveContainerAsync(Id, new() { Force = true, RemoveVolumes = true }, token));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RemoveAsync();
        }
        catch (EngineException)
        {
            // The test removed it already, or ended its engine.
        }
    }
}
