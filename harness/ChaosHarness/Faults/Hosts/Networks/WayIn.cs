using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace ChaosHarness.Faults.Hosts.Networks;

/// <summary>How the harness gets to a host: what must not be cut.</summary>
/// <param name="Peers">The addresses at its other end.</param>
/// <param name="Ports">The ports at both ends; empty where all are needed.</param>
/// <param name="What">What it is, for people.</param>
internal sealed record WayIn(IReadOnlyList<IPAddress> Peers, IReadOnlyList<int> Ports, string What)
{
    /// <summary>What <c>SSH_CONNECTION</c> says on the host: address and port of the client, and of the server; null when it says nothing.</summary>
    public static WayIn? OfSession(string connection) =>
        connection.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var client, var from, _, var to] && IPAddress.TryParse(client.Split('%')[0], out var address)
            ? new WayIn([Plain(address)], [Number(from), Number(to)], $"the ssh session from {address}, to port {to}")
            : null;

    /// <summary>What a harness on the host itself needs: the machine's talk with itself.</summary>
    public static WayIn OfThisMachine() => new(
        [IPAddress.Loopback, IPAddress.IPv6Loopback, .. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(entry => Plain(entry.Address))],
        [],
        "what this machine says to itself, which the harness needs");

    /// <summary>Whether cutting off some peers, on some ports or on all, would cut it.</summary>
    public bool IsCutBy(IEnumerable<IPNetwork> peers, IReadOnlyList<int> ports) =>
        // Single ports of this machine itself are the experimenter's to know.
        (ports.Count == 0 || ports.Intersect(Ports).Any()) && peers.Any(peer => Peers.Any(peer.Contains));

    /// <summary>An address or a range, such as <c>10.0.0.7</c>, <c>10.1.0.0/16</c> or <c>fd00::7</c>.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
        {
            return true;
        }

        var isAddress = IPAddress.TryParse(text, out var address);
        network = isAddress ? new IPNetwork(Plain(address!), Plain(address!).GetAddressBytes().Length * 8) : default;
        return isAddress;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
