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

    [Experiment(Timeout = "10m"), Category("clusters")]
    public async Task After_the_time_out_the_primary_acknowledges_alone_and_that_is_lost_with_it()
    {
        // No objective: that it stops waiting is told by a status variable alone, and what it takes from then on is lost with it, however often.
        var rate = await Rate.OfLossAsync(
            4,
            () => UpAsync(semiSyncTimeout: 1000),
            (cluster, primary) => ReplicaDownThenPrimary(cluster, primary).Expect(Detected.By("semi-synchronous replication", "4s")));

        Assert.That(rate.Lossy, Is.Positive, "a harness that finds no loss here is blind");
    }

    [Experiment(Rpo = "0 writes"), Category("clusters")]
    public async Task With_a_longer_time_out_writes_wait_and_none_is_lost()
    {
        var cluster = await UpAsync(semiSyncTimeout: 30_000);
        await ReplicaDownThenPrimary(cluster, await cluster.LeaderAsync())
            .Expect(Lost.Nothing)
            .RunAsync();
    }

    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("clusters")]
    public async Task Switchover_interrupts_writes_for_a_moment()
    {
        var cluster = await UpAsync(semiSyncTimeout: 1000);
        await cluster.Hypothesis("leadership is handed over in good order: a short interruption, and nothing lost")
            .Inject(cluster.Switchover(await cluster.LeaderAsync())!)
            .VerifyWithin("60s")
            .Expect(Lost.Nothing, Promoted.Once)
            .RunAsync();
    }

    [Experiment(Timeout = "10m"), Category("clusters")]
    public async Task Primary_that_is_cut_off_with_its_clients_goes_on_alone_and_that_is_lost()
    {
        // No objective: nobody fences a primary that the operator does not reach.
        var cluster = await UpAsync(semiSyncTimeout: 1000);
        await cluster.Hypothesis("a primary that its replica does not answer acknowledges alone after the time-out, while another one was promoted")
            .Inject(cluster.Isolate(await cluster.LeaderAsync())!.For("8s"))
            .VerifyWithin("60s")
            // A harness that finds no loss here is blind.
            .Expect(Lost.AtLeast(20), Promoted.Once)
            .RunAsync();
    }

    private static ExperimentBuilder ReplicaDownThenPrimary(MariaDbCluster cluster, IProcessComponent primary) =>
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
