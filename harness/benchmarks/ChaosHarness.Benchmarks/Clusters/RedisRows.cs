using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.Redis;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>Redis with Sentinel: how soon by its patience, and what becomes of what an old master took.</summary>
internal static class RedisRows
{
    private static readonly RedisOptions Quick = new() { DownAfter = 500 };
    private static readonly RedisOptions Impatient = Quick with { ClientTimeout = TimeSpan.FromSeconds(1) };

    // Sentinels make an old master a replica about ten seconds after it is back.
    private static readonly ClusterFault Frozen = ClusterFault.FrozenFor("4s") with { WatchAfterwards = "13s" };

    public static IReadOnlyList<ClusterRow> All() =>
    [
        Row(Quick, ClusterFault.Killed),
        Row(Quick with { DownAfter = 1000 }, ClusterFault.Killed),
        Row(Quick with { DownAfter = 5000 }, ClusterFault.Killed),
        Row(Quick, ClusterFault.SwitchedOver),
        Row(Quick, Frozen),
        Row(Impatient, Frozen),
        Row(Quick with { ReplicasToWrite = 1 }, Frozen),
        Row(Quick, ClusterFault.IsolatedFor("8s") with { WatchAfterwards = "3s" }),
        Row(Quick with { ReplicasToWrite = 1 }, ClusterFault.IsolatedFor("8s") with { WatchAfterwards = "3s" }),
        Row(Quick, ClusterFault.QuorumLostFor("5s")),
    ];

    private static ClusterRow Row(RedisOptions options, ClusterFault fault) => new("Redis", options.ToString(), async token => await RedisCluster.StartAsync(options, token), fault);
}
