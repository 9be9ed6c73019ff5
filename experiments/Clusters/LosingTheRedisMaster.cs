using ChaosHarness.Fixtures.Redis;

namespace Experiments.Clusters;

[AllureFeature("Redis"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingTheRedisMaster : ExperimentFixture
{
    private static readonly RedisOptions Options = new() { DownAfter = 1000, ClientsAskSentinels = true };

    [Experiment(Rto = "15s", Rpo = "500 writes"), Category("clusters")]
    public async Task Replica_takes_over_when_the_master_dies()
    {
        var cluster = await SharedCluster.GetAsync(Options, () => RedisCluster.StartAsync(Options));
        await cluster.Hypothesis("a replica is promoted soon after the master died; what the old one had not yet passed on, or takes when it is back, is lost")
            .Inject((await cluster.LeaderAsync()).Crash())
            .VerifyWithin("60s")
            .Expect(Promoted.Once, Healed.ByItself)
            .RunAsync();
    }

    [Experiment(Timeout = "10m"), Category("clusters")]
    public async Task Master_that_thaws_goes_on_taking_writes_and_they_are_lost()
    {
        // No objective: what it loses depends on who still talks to it, and is told as a rate. Sentinels make it a replica after about ten seconds.
        var rate = await Rate.OfLossAsync(
            4,
            () => SharedCluster.GetAsync(Options, () => RedisCluster.StartAsync(Options)),
            (cluster, leader) => cluster.Hypothesis("a master that hung is replaced; what it acknowledges when it goes on is lost")
                .Inject(((Schedule)leader.Freeze()).For("4s"))
                .VerifyAtLeast("12s")
                .VerifyWithin("60s"));

        Assert.That(rate.Lossy, Is.Positive, "a harness that finds no loss here is blind");
    }
}
