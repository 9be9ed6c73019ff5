using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.Patroni;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>Patroni: how soon by its three times, and what its lock is worth.</summary>
internal static class PatroniRows
{
    private static readonly PatroniOptions Quick = new() { Ttl = 5, LoopWait = 1, RetryTimeout = 3 };

    // Patroni is gone and its PostgreSQL is not: nobody tells the old primary that another one leads.
    private static readonly ClusterFault AgentKilled = new("Patroni of the leader killed, PostgreSQL goes on", (cluster, leader) => ((PatroniCluster)cluster).AgentOf(leader).Crash()) { WatchAtLeast = "12s" };

    public static IReadOnlyList<ClusterRow> All() =>
    [
        Row(Quick, ClusterFault.Killed),
        Row(Quick with { Ttl = 3 }, ClusterFault.Killed),
        Row(Quick with { Ttl = 7 }, ClusterFault.Killed),
        Row(new PatroniOptions(), ClusterFault.Killed),
        Row(Quick, ClusterFault.SwitchedOver),
        Row(Quick, ClusterFault.FrozenFor("9s")) with { Runs = 8 },
        Row(Quick with { ClientsCancel = false }, ClusterFault.FrozenFor("9s")) with { Runs = 8 },
        Row(Quick with { Etcd3 = false }, ClusterFault.FrozenFor("9s")) with { Runs = 8 },
        Row(Quick, ClusterFault.IsolatedFor("9s")),
        Row(Quick with { ClientsCancel = false }, ClusterFault.IsolatedFor("9s")),
        Row(Quick, ClusterFault.QuorumLostFor("6s")),
        Row(Quick, AgentKilled),
        Row(Quick with { ClientsCancel = false }, AgentKilled),
        Row(Quick with { Synchronous = false }, AgentKilled),
        Row(Quick with { Synchronous = false }, ClusterFault.Killed),
    ];

    private static ClusterRow Row(PatroniOptions options, ClusterFault fault) =>
        new("Patroni", options.ToString(), async token => await PatroniCluster.StartAsync(options, token), fault);
}
