using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.MariaDb;
using ChaosHarness.Schedules;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>MariaDB: how long the primary waits for its replica, and what it acknowledges when that is over.</summary>
internal static class MariaDbRows
{
    private static readonly ClusterFault ReplicaFrozen = new("replica frozen for 4s", (cluster, _) => ((Schedule)Replica(cluster).Freeze()).For("4s"));

    // Frozen, it would still find in its socket what the primary had sent it.
    private static readonly ClusterFault ReplicaDownThenPrimaryKilled = new(
        "replica down for 4s, primary killed after 3s",
        (cluster, leader) => Schedule.InParallel(((Schedule)Replica(cluster).Crash()).For("4s"), Schedule.At("3s", leader.Crash())));

    private static readonly MariaDbOptions Patient = new();
    private static readonly MariaDbOptions Quick = new() { SemiSyncTimeout = 1000 };
    private static readonly ClusterFault[] Faults = [ClusterFault.Killed, ClusterFault.FrozenFor("5s"), ReplicaFrozen, ReplicaDownThenPrimaryKilled];

    public static IReadOnlyList<ClusterRow> All() =>
    [
        .. Faults.Select(fault => Row(Quick, fault)),
        .. Faults.Select(fault => Row(Patient, fault)),
        Row(Quick with { PromoteAfter = TimeSpan.FromSeconds(5) }, ClusterFault.Killed),
        Row(Quick, ClusterFault.SwitchedOver),
        Row(Patient, ClusterFault.SwitchedOver),
        Row(Quick, ClusterFault.IsolatedFor("8s")),
        Row(Patient, ClusterFault.IsolatedFor("8s")),
    ];

    private static IProcessComponent Replica(Cluster cluster) => ((MariaDbCluster)cluster).SemiSynchronousReplica;

    private static ClusterRow Row(MariaDbOptions options, ClusterFault fault) => new("MariaDB", options.ToString(), async token => await MariaDbCluster.StartAsync(options, token), fault);
}
