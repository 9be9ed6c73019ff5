using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using ChaosHarness.Hosts;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults.Hosts.Networks;

/// <summary>The network of a Linux host. Its methods are faults, for which one has to be root there; what would cut the harness's own way in is refused.</summary>
public sealed record HostNetwork
{
    private const int MostPorts = 15;
    private static readonly TimeSpan MostLatency = TimeSpan.FromSeconds(2);
    private readonly IHost _host;

    internal HostNetwork(IHost host, Component component) => (_host, Component) = (host, component);

    /// <summary>The component that faults on it hit, for the blast radius.</summary>
    public Component Component { get; init; }

    /// <summary>The network card that <see cref="Latency"/> and <see cref="Rate"/> slow.</summary>
    /// <value>Default: null, that of the default route.</value>
    public string? Card { get; init; }

    /// <summary>Drops all packets between the host and some peers, by a table of nft of its own, or a chain of iptables where there is no nft.</summary>
    /// <param name="peers">Their addresses, ranges such as <c>10.1.0.0/16</c>, or names that the host can resolve.</param>
    /// <param name="ports">Only what is said from or to these ports, at either end, 15 at most; none for everything.</param>
    /// <returns>The fault.</returns>
    public HostFault Partition(IReadOnlyList<string> peers, params IReadOnlyList<int> ports)
    {
        ArgumentNullException.ThrowIfNull(peers);
        return Drop($"partition {Component.Name} from {string.Join(", ", peers)}{On(ports)}", peers, ports, 1);
    }

    /// <summary>Drops packets between the host and some peers by chance, each way by itself.</summary>
    /// <param name="rate">The share of packets that is lost, above 0 and below 1.</param>
    /// <param name="peers">See <see cref="Partition"/>.</param>
    /// <param name="ports">See <see cref="Partition"/>.</param>
    /// <returns>The fault.</returns>
    public HostFault LosePackets(double rate, IReadOnlyList<string> peers, params IReadOnlyList<int> ports)
    {
        ArgumentNullException.ThrowIfNull(peers);
        return Drop(string.Create(CultureInfo.InvariantCulture, $"lose {rate * 100:0.##}% of the packets between {Component.Name} and {string.Join(", ", peers)}{On(ports)}"), peers, ports, rate);
    }

    /// <summary>Delays everything that leaves the host over a card, the harness's own session with it. Needs a kernel with sch_netem.</summary>
    /// <param name="latency">How much, such as <c>100ms</c>; at most 2 seconds.</param>
    /// <param name="jitter">How far it varies either way.</param>
    /// <returns>The fault.</returns>
    public HostFault Latency(string latency, string jitter = "0ms")
    {
        string[] mistakes =
        [
            .. DurationText.TryParse(latency, out var delay) && delay > TimeSpan.Zero && delay <= MostLatency ? Array.Empty<string>() : [$"latency '{latency}' is not a duration above 0s and up to 2s, such as 100ms."],
            .. DurationText.TryParse(jitter, out var varying) && varying <= MostLatency ? Array.Empty<string>() : [$"jitter '{jitter}' is not a duration up to 2s, such as 10ms."],
        ];
        return Shape($"delay what leaves {Component.Name} by {latency}", mistakes, "netem", "delay", Microseconds(delay), Microseconds(varying));
    }

    /// <summary>Limits everything that leaves the host over a card, the harness's own session with it. Needs a kernel with sch_tbf.</summary>
    /// <param name="kilobytesPerSecond">The rate, in 1000 bytes a second; at least 8, which the harness needs itself.</param>
    /// <returns>The fault.</returns>
    public HostFault Rate(int kilobytesPerSecond) => Shape(
        string.Create(CultureInfo.InvariantCulture, $"limit what leaves {Component.Name} to {kilobytesPerSecond} KB/s"),
        kilobytesPerSecond >= 8 ? [] : [$"kilobytesPerSecond must be at least 8, not {kilobytesPerSecond}."],
        "tbf", "rate", string.Create(CultureInfo.InvariantCulture, $"{(long)kilobytesPerSecond * 8}kbit"), "burst", "32kb", "latency", "400ms");

    private HostFault Drop(string description, IReadOnlyList<string> peers, IReadOnlyList<int> ports, double share) => new(_host, new ScriptedAct(
        description,
        Component.Name,
        [
            .. peers.Count > 0 && peers.All(peer => !string.IsNullOrWhiteSpace(peer) && !peer.StartsWith('-')) ? Array.Empty<string>() : ["it needs at least one peer, by its address, range or name."],
            .. ports.Count <= MostPorts && ports.All(port => port is > 0 and < 65536) ? Array.Empty<string>() : ["ports are from 1 to 65535, and 15 at most."],
            .. share is > 0 and <= 1 ? Array.Empty<string>() : ["the share of lost packets is above 0 and at most 1."],
        ],
        async (host, token) => (await FindAsync(host, peers, ports, token).ConfigureAwait(false)).WhyNot,
        async (host, token) =>
        {
            var (tool, found, whyNot) = await FindAsync(host, peers, ports, token).ConfigureAwait(false);
            // What a name means may have changed since it was looked at.
            return whyNot is null ? new PacketFilter(found, ports, share).Plan(tool, $"chaosharness_{RandomNumberGenerator.GetHexString(8, lowercase: true)}") : throw new InvalidOperationException(whyNot);
        }));

    private static async ValueTask<(string Tool, IReadOnlyList<IPNetwork> Peers, string? WhyNot)> FindAsync(IHost host, IReadOnlyList<string> peers, IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        var look = HostCommand.Script(NetworkScripts.Look, peers);
        if (await host.WhyNotAsync(look, cancellationToken).ConfigureAwait(false) is { } missing)
        {
            return ("", [], missing);
        }

        var lines = (await host.RequireAsync(look, "looking at its network", cancellationToken).ConfigureAwait(false)).Split('\n').Select(line => line.Split(' ', 2)).ToLookup(words => words[0], words => words.ElementAtOrDefault(1) ?? "");
        var found = new List<IPNetwork>();
        foreach (var entry in lines["peer"].Select(text => text.Split(' ')))
        {
            if (!WayIn.TryParse(entry[^1], out var network))
            {
                return ("", [], $"'{entry[0]}' is no address or range: write 10.0.0.7, 10.1.0.0/16, fd00::7, or a name that {host.Name} can resolve");
            }

            found.Add(network);
        }

        var ways = new[] { WayIn.OfSession(lines["way"].FirstOrDefault() ?? ""), host is LocalHost ? WayIn.OfThisMachine() : null }.OfType<WayIn>();
        var cut = ways.FirstOrDefault(way => way.IsCutBy(found, ports));
        return (lines["tool"].First(), [.. found.Distinct()], cut is null ? null : $"it would cut the harness's own way to {host.Name}: {cut.What}. Name other peers, or ports without those");
    }

    private HostFault Shape(string description, IReadOnlyList<string> mistakes, params string[] discipline)
    {
        var look = HostCommand.Script(NetworkScripts.LookAtCard, [Card ?? "", .. discipline]);
        return new HostFault(_host, new ScriptedAct(
            description,
            Component.Name,
            mistakes,
            (host, token) => host.WhyNotAsync(look, token),
            async (host, token) =>
            {
                var card = await host.RequireAsync(look, "looking at its network card", token).ConfigureAwait(false);
                var handle = $"{RandomNumberGenerator.GetInt32(0x1000, 0xfff0):x}:";
                return new HostPlan(HostCommand.Script(NetworkScripts.Shape, [card, handle, .. discipline]), HostCommand.Script(NetworkScripts.Unshape, card, handle))
                {
                    Look = HostCommand.Script(NetworkScripts.IsShaped, card, handle),
                    ByHand = $"On {host.Name}: tc qdisc del dev {card} root",
                };
            }));
    }

    private static string On(IReadOnlyList<int> ports) => ports.Count == 0 ? "" : $" on {(ports.Count == 1 ? "port" : "ports")} {string.Join(", ", ports)}";

    private static string Microseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMicroseconds}us");
}
