using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.RabbitMq;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>RabbitMQ: what a quorum queue confirms is kept by a majority.</summary>
internal static class RabbitMqRows
{
    public static IReadOnlyList<ClusterRow> All() =>
    [
        Row(ClusterFault.Killed),
        Row(ClusterFault.FrozenFor("10s")),
        Row(ClusterFault.QuorumLostFor("5s")),
    ];

    private static ClusterRow Row(ClusterFault fault) => new("RabbitMQ", "quorum queue, heartbeat 2 s", async token => await RabbitMqCluster.StartAsync(token), fault);
}
