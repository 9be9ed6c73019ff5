using ChaosHarness.Containers.Engines;
using ChaosHarness.Fixtures.Containers.OrderSystems;
using ChaosHarness.Fixtures.Tests;

namespace ChaosHarness.Containers.Tests.Systems;

/// <summary>The sample system on an engine that outlives it, when its owner is killed: nothing of it stays there but its images.</summary>
[Platform("Linux")]
public sealed class KilledOwnerTests
{
    [Test]
    public async Task Nothing_is_left_of_a_system_whose_owner_is_killed()
    {
        var engine = EngineOfTests.Engine;
        using var owner = new KilledHost(["env", $"DOCKER_HOST={engine.Endpoint.OriginalString}"], "container-system");
        var name = (await owner.ReadLineAsync(seconds: 180))!;
        Assert.That((await RemainsAsync(engine, name)).Containers, Has.Count.GreaterThan(8));

        owner.Kill();

        for (var look = 0; look < 300 && await RemainsAsync(engine, name) is not { Containers.Count: 0, Volumes.Count: 0, Networks.Count: 0 }; look++)
        {
            await Task.Delay(100);
        }

        var (containers, volumes, networks) = await RemainsAsync(engine, name);
        Assert.That((containers.Count, volumes.Count, networks.Count), Is.EqualTo((0, 0, 0)));
    }

    // Where nobody could do it at once, as without the command docker, or when the machine went down.
    [Test]
    public async Task What_an_owner_that_is_gone_left_is_removed_with_the_next_start_and_that_of_others_is_not()
    {
        var engine = EngineOfTests.Engine;
        var (orphan, other, own) = (TestContainer.FreeName("orphan"), TestContainer.FreeName("other"), TestContainer.FreeName("own"));
        await using var left = await TestContainer.StartAsync(parameters => parameters.Labels = Labels(orphan, $"{Environment.MachineName}/4194303/1"));
        await using var elsewhere = await TestContainer.StartAsync(parameters => parameters.Labels = Labels(other, "another-machine/4194303/1"));
        await using var mine = await TestContainer.StartAsync(parameters => parameters.Labels = SystemRemains.Labels(own));
        await engine.DoAsync("creating a volume", (client, token) => client.Volumes.CreateAsync(new() { Name = orphan, Labels = Labels(orphan, $"{Environment.MachineName}/4194303/1") }, token), CancellationToken.None);

        await SystemRemains.RemoveOrphansAsync(engine, CancellationToken.None);

        Assert.That((await left.StatusAsync(), await elsewhere.StatusAsync(), await mine.StatusAsync()), Is.EqualTo(("removed", "running", "running")));
        Assert.That((await RemainsAsync(engine, orphan)).Volumes, Is.Empty);
    }

    private static Dictionary<string, string> Labels(string system, string owner) => new() { [SystemRemains.SystemLabel] = system, ["chaosharness.owner"] = owner };

    private static async Task<(IReadOnlyList<string> Containers, IReadOnlyList<string> Volumes, IReadOnlyList<string> Networks)> RemainsAsync(ContainerEngine engine, string system)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [$"{SystemRemains.SystemLabel}={system}"] = true } };
        var containers = await engine.AskAsync("looking", (client, token) => client.Containers.ListContainersAsync(new() { All = true, Filters = filters }, token), CancellationToken.None);
        var volumes = await engine.AskAsync("looking", (client, token) => client.Volumes.ListAsync(new Docker.DotNet.Models.VolumesListParameters { Filters = filters }, token), CancellationToken.None);
        var networks = await engine.AskAsync("looking", (client, token) => client.Networks.ListNetworksAsync(new Docker.DotNet.Models.NetworksListParameters { Filters = filters }, token), CancellationToken.None);
        return ([.. containers.Select(one => one.ID)], [.. (volumes.Volumes ?? []).Select(one => one.Name)], [.. networks.Select(one => one.ID)]);
    }
}
