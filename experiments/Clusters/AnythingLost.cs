using ChaosHarness.Fixtures.Patroni;
using ChaosHarness.Fixtures.Redis;

namespace Experiments.Clusters;

/// <summary>Generic experiments: what a cluster promises is kept, whichever of its parts is lost, hangs or is cut off.</summary>
[AllureFeature("Clusters"), AllureSeverity(SeverityLevel.normal)]
public sealed class AnythingLost : ExperimentFixture
{
    private static IEnumerable<SweepCase> OfPatroni => Cases(["node", "etcd"], node => $"{node} to etcd");

    private static IEnumerable<SweepCase> OfRedis => Cases(["redis", "sentinel"], server => $"others to {server}");

    [Experiment, Category("clusters"), TestCaseSource(nameof(OfPatroni))]
    public async Task Patroni_stands_it(SweepCase @case)
    {
        var options = new PatroniOptions { Ttl = 5, LoopWait = 1, RetryTimeout = 3 };
        var cluster = await SharedCluster.LedByAsync("node-a", options, () => PatroniCluster.StartAsync(options));
        await cluster.Swept.Experiment(@case).VerifyWithin("60s").RunAsync();
    }

    [Experiment, Category("clusters"), TestCaseSource(nameof(OfRedis))]
    public async Task Redis_stands_it(SweepCase @case)
    {
        var options = new RedisOptions { DownAfter = 1000, ClientsAskSentinels = true };
        var cluster = await SharedCluster.LedByAsync("redis-a", options, () => RedisCluster.StartAsync(options));
        await cluster.Swept.Experiment(@case).VerifyWithin("60s").RunAsync();
    }

    // One of each kind, the leader among them.
    private static IEnumerable<SweepCase> Cases(string[] kinds, Func<string, string> link) =>
    [
        .. kinds.Select(kind => new SweepCase(SweepKind.LoseComponent, kind + "-a")),
        .. kinds.Select(kind => new SweepCase(SweepKind.FreezeComponent, kind + "-a")),
        new(SweepKind.LoseZone, "a"),
        new(SweepKind.CutLink, link(kinds[0] + "-a")),
        new(SweepKind.SlowLink, link(kinds[0] + "-a")),
    ];
}
