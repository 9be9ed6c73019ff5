using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.Redis;
using ChaosHarness.Schedules;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>Redis with Sentinel: how soon by its patience, and what becomes of what an old master took.</summary>
internal static class RedisRows
{
    private static readonly RedisOptions Driver = new() { DownAfter = 500 };
    private static readonly RedisOptions Asking = Driver with { ClientsAskSentinels = true };

    // Sentinels make an old master a replica about ten seconds after it is back.
    private static readonly ClusterFault Killed = new("master killed, started again after 4s", (_, leader) => ((Schedule)leader.Crash()).For("4s")) { WatchAfterwards = "12s" };
    private static readonly ClusterFault Frozen = ClusterFault.FrozenFor("4s") with { WatchAfterwards = "12s" };
    private static readonly ClusterFault Isolated = ClusterFault.IsolatedFor("8s");

    public static IReadOnlyList<ClusterRow> All() =>
    [
        Row(Asking, Killed),
        Row(Asking with { DownAfter = 1000 }, Killed),
        Row(Asking with { DownAfter = 5000 }, ClusterFault.Killed),
        Row(Driver, Killed),
        Row(Asking, ClusterFault.SwitchedOver),
        Row(Driver, ClusterFault.SwitchedOver),
        Row(Asking, Frozen),
        Row(Driver, Frozen),
        Row(Asking with { ClientTimeout = TimeSpan.FromSeconds(1) }, Frozen),
        Row(Asking with { ReplicasToWrite = 1 }, Frozen),
        Row(Asking, Isolated),
        Row(Asking with { ReplicasToWrite = 1 }, Isolated),
        Row(Asking, ClusterFault.QuorumLostFor("5s")),
    ];

    private static ClusterRow Row(RedisOptions options, ClusterFault fault) => new("Redis", options.ToString(), async token => await RedisCluster.StartAsync(options, token), fault);
}
