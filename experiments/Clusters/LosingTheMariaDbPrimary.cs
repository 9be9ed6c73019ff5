using ChaosHarness.Fixtures.MariaDb;

namespace Experiments.Clusters;

[AllureFeature("MariaDB"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingTheMariaDbPrimary : ExperimentFixture
{
    [Experiment(Rto = "15s", Rpo = "0 writes"), Category("clusters")]
    public async Task Semi_synchronous_replica_is_promoted_and_has_every_acknowledged_write()
    {
        var cluster = await UpAsync(semiSyncTimeout: 1000);
        await cluster.Hypothesis("the operator promotes the replica that the primary waits for, and it has every acknowledged write")
            .Inject((await cluster.LeaderAsync()).Crash())
            .VerifyWithin("60s")
            .Expect(Lost.Nothing, Promoted.Once, Healed.ByItself)
            .RunAsync();
    }

    [Experiment(Rpo = "1000 writes"), Category("clusters")]
    public async Task After_the_time_out_the_primary_acknowledges_alone_and_that_is_lost_with_it()
    {
        var cluster = await UpAsync(semiSyncTimeout: 1000);
        await ReplicaDownThenPrimaryAsync(cluster, await cluster.LeaderAsync())
            // Two seconds of 50 writes each: a harness that finds no loss here is blind.
            .Expect(Lost.AtLeast(20), Detected.By("semi-synchronous replication", "4s"))
            .RunAsync();
    }

    [Experiment(Rpo = "0 writes"), Category("clusters")]
    public async Task With_a_longer_time_out_writes_wait_and_none_is_lost()
    {
        var cluster = await UpAsync(semiSyncTimeout: 30_000);
        await ReplicaDownThenPrimaryAsync(cluster, await cluster.LeaderAsync())
            .Expect(Lost.Nothing)
            .RunAsync();
    }

    private static ExperimentBuilder ReplicaDownThenPrimaryAsync(MariaDbCluster cluster, IProcessComponent primary) =>
        cluster.Hypothesis("the replica that is promoted has every acknowledged write, though it was away for a while before")
            .Inject(((Schedule)cluster.SemiSynchronousReplica.Crash()).For("4s"), Schedule.At("3s", primary.Crash()))
            .Deadline("90s")
            .VerifyWithin("60s");

    private static Task<MariaDbCluster> UpAsync(int semiSyncTimeout)
    {
        var options = new MariaDbOptions { SemiSyncTimeout = semiSyncTimeout };
        return SharedCluster.GetAsync(options, () => MariaDbCluster.StartAsync(options));
    }
}
