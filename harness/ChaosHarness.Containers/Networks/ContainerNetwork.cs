using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Experiments;

namespace ChaosHarness.Containers.Networks;

/// <summary>
/// A network of containers, as this machine is connected to it: what listens on its gateway is reached by its containers, and by nobody outside of this
/// machine. It is where a proxy listens that stands in the middle of their links.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Gateway">The address of this machine in it.</param>
public sealed record ContainerNetwork(string Name, IPAddress Gateway)
{
    /// <summary>Looks up a network.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">Its name, such as <c>shop_default</c>; <c>docker network ls</c> lists them.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NotRunException">There is none, or this machine has no address in it; says what to do.</exception>
    public static async Task<ContainerNetwork> FindAsync(ContainerEngine engine, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var network = await engine.ReadyAsync($"looking at network {name}", (client, token) => client.Networks.InspectNetworkAsync(name, token), cancellationToken).ConfigureAwait(false);
        var gateways = (network.IPAM?.Config ?? []).Select(config => IPAddress.TryParse(config.Gateway?.Split('/')[0], out var address) ? address : null).OfType<IPAddress>().ToList();
        return gateways.FirstOrDefault(IsOfThisMachine) is { } gateway
            ? new ContainerNetwork(name, gateway)
            : throw new NotRunException($"this machine has no address in network {name} of {engine.Endpoint} (its gateway is {(gateways.Count == 0 ? "none" : string.Join(", ", gateways))}): the engine runs in a virtual machine, without root, or elsewhere. Run the proxy as a container in that network instead, or use a bridge network of an engine on this machine");
    }

    /// <summary>A port on the gateway that is free now.</summary>
    /// <returns>Such as <c>172.18.0.1:41234</c>, for the listening address of a proxy.</returns>
    public string FreeAddress()
    {
        using var socket = new TcpListener(Gateway, 0);
        socket.Start();
        return socket.LocalEndpoint.ToString()!;
    }

    private static bool IsOfThisMachine(IPAddress address) => NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Any(known => known.Address.Equals(address));
}
