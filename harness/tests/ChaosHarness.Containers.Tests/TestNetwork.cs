using System.Globalization;
using System.Security.Cryptography;
using ChaosHarness.Containers.Engines;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Tests;

/// <summary>A network that a test makes, and that is removed with it.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    private TestNetwork(string name) => Name = name;

    public string Name { get; }

    public static async Task<TestNetwork> CreateAsync(bool hasSubnet)
    {
        var network = new TestNetwork(TestContainer.FreeName("net"));
        var parameters = new NetworksCreateParameters { Name = network.Name };
        if (hasSubnet)
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"10.{RandomNumberGenerator.GetInt32(64, 127)}.{RandomNumberGenerator.GetInt32(0, 255)}");
            parameters.IPAM = new IPAM { Config = [new IPAMConfig { Subnet = range + ".0/24", Gateway = range + ".1" }] };
        }

        await EngineOfTests.Engine.AskAsync("creating a network", (client, token) => client.Networks.CreateNetworkAsync(parameters, token), CancellationToken.None);
        return network;
    }

    /// <summary>Lets a container be in it.</summary>
    public Action<CreateContainerParameters> Join(params string[] aliases) => create =>
    {
        create.HostConfig!.NetworkMode = Name;
        create.NetworkingConfig = new NetworkingConfig { EndpointsConfig = new Dictionary<string, EndpointSettings> { [Name] = new() { Aliases = [.. aliases] } } };
    };

    public async ValueTask DisposeAsync()
    {
        try
        {
            await EngineOfTests.Engine.DoAsync("removing a network", (client, token) => client.Networks.DeleteNetworkAsync(Name, token), CancellationToken.None);
        }
        catch (EngineException)
        {
            // Something is still in it: it goes with the engine.
        }
    }
}
