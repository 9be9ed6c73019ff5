using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts.Networks;

/// <summary>Packets between a host and its peers that are dropped, all or some: as rules for what filters packets there.</summary>
/// <param name="Peers">Their addresses and ranges.</param>
/// <param name="Ports">The ports, at either end; empty for all that they say to each other.</param>
/// <param name="Share">The share that is dropped, above 0 and up to 1.</param>
internal sealed record PacketFilter(IReadOnlyList<IPNetwork> Peers, IReadOnlyList<int> Ports, double Share)
{
    private int PerMillion => (int)Math.Round(Share * 1_000_000);

    /// <summary>How it is put in place, looked at and taken away by a table of its own, or by a chain of its own where there is no nft.</summary>
    public HostPlan Plan(string tool, string name) => tool == "nft"
        ? new HostPlan(HostCommand.Script(NetworkScripts.AddTable, name, Table(name)), HostCommand.Script(NetworkScripts.RemoveTable, name)) { Look = HostCommand.Script(NetworkScripts.HasTable, name), ByHand = $"nft delete table inet {name}" }
        : new HostPlan(HostCommand.Script(NetworkScripts.AddChain, [name, .. Rules(name)]), HostCommand.Script(NetworkScripts.RemoveChain, name)) { Look = HostCommand.Script(NetworkScripts.HasChain, name), ByHand = $"iptables -D INPUT -j {name}; iptables -D OUTPUT -j {name}; iptables -F {name}; iptables -X {name}; the same with ip6tables" };

    internal string Table(string name) => $$"""
        table inet {{name}} {
          chain in { type filter hook input priority -250; policy accept;
            {{string.Join("\n    ", Lines("saddr"))}}
          }
          chain out { type filter hook output priority -250; policy accept;
            {{string.Join("\n    ", Lines("daddr"))}}
          }
        }
        """;

    private IEnumerable<string> Lines(string side)
    {
        var chance = Share < 1 ? string.Create(CultureInfo.InvariantCulture, $"numgen random mod 1000000 < {PerMillion} ") : "";
        foreach (var family in Peers.GroupBy(peer => peer.BaseAddress.AddressFamily))
        {
            var peers = $"{(family.Key == AddressFamily.InterNetwork ? "ip" : "ip6")} {side} {{ {string.Join(", ", family)} }}";
            foreach (var ports in Ports.Count == 0 ? (string[])[""] : ["th sport", "th dport"])
            {
                yield return ports.Length == 0 ? $"{peers} {chance}drop" : $"{peers} meta l4proto {{ tcp, udp }} {ports} {{ {string.Join(", ", Ports)} }} {chance}drop";
            }
        }
    }

    private IEnumerable<string> Rules(string name)
    {
        string[] chance = Share < 1 ? ["-m", "statistic", "--mode", "random", "--probability", Share.ToString("0.######", CultureInfo.InvariantCulture)] : [];
        foreach (var peer in Peers)
        {
            var tool = peer.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? "iptables" : "ip6tables";
            foreach (var side in (string[])["-s", "-d"])
            {
                foreach (var protocol in Ports.Count == 0 ? (string[])[""] : ["tcp", "udp"])
                {
                    string[] ports = protocol.Length == 0 ? [] : ["-p", protocol, "-m", "multiport", "--ports", string.Join(',', Ports)];
                    yield return ShellText.Of([tool, "-w", "-A", name, side, peer.ToString(), .. ports, .. chance, "-j", "DROP"]);
                }
            }
        }
    }
}
