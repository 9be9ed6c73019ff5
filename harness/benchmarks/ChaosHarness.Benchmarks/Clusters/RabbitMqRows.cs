using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.RabbitMq;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>RabbitMQ: what a quorum queue confirms is kept by a majority; how soon the others and the clients notice.</summary>
internal static class RabbitMqRows
{
    private static readonly RabbitMqOptions Usual = new();

    public static IReadOnlyList<ClusterRow> All() =>
    [
        Row(Usual, ClusterFault.Killed),
        Row(Usual, ClusterFault.FrozenFor("10s")),
        Row(Usual with { Heartbeat = TimeSpan.FromSeconds(8) }, ClusterFault.FrozenFor("20s")),
        Row(Usual with { NetTickTime = TimeSpan.FromSeconds(5) }, ClusterFault.FrozenFor("10s")),
        Row(Usual, ClusterFault.QuorumLostFor("5s")),
        Row(Usual, ClusterFault.SwitchedOver),
        Row(Usual, ClusterFault.IsolatedFor("10s")),
        Row(Usual with { NetTickTime = TimeSpan.FromSeconds(5), PartitionHandling = "pause_minority" }, ClusterFault.IsolatedFor("10s")),
    ];

    private static ClusterRow Row(RabbitMqOptions options, ClusterFault fault) => new("RabbitMQ", options.ToString(), async token => await RabbitMqCluster.StartAsync(options, token), fault);
}
