using ChaosHarness.Fixtures.Patroni;

namespace Experiments.Clusters;

[AllureFeature("Patroni"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingThePatroniLeader : ExperimentFixture
{
    private static readonly PatroniOptions Options = new() { Ttl = 5, LoopWait = 1, RetryTimeout = 3 };
    private PatroniCluster _cluster = null!;
    private IProcessComponent _leader = null!;

    [SetUp]
    public async Task BringTheClusterUp()
    {
        _cluster = await SharedCluster.GetAsync(Options, () => PatroniCluster.StartAsync(Options));
        _leader = await _cluster.LeaderAsync();
    }

    [Experiment(Rto = "20s", Rpo = "0 writes"), Category("clusters")]
    public Task Standby_takes_over_when_the_leader_dies() =>
        _cluster.Hypothesis("the synchronous standby leads soon after the lock of the dead leader has run out, and has every acknowledged write")
            .Inject(_leader.Crash())
            .VerifyWithin("60s")
            .Expect(Lost.Nothing, Promoted.Once, Healed.ByItself)
            .RunAsync();

    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("clusters")]
    public Task Switchover_interrupts_writes_for_a_moment() =>
        _cluster.Hypothesis("leadership is handed over in good order: a short interruption, and nothing lost")
            .Inject(_cluster.Switchover(_leader)!)
            .VerifyWithin("60s")
            .Expect(Lost.Nothing, Promoted.Once)
            .RunAsync();

    [Experiment(Rto = "30s", Rpo = "0 writes"), Category("clusters")]
    public Task Without_a_majority_of_etcd_nobody_leads_and_nothing_is_lost() =>
        _cluster.Hypothesis("a leader that cannot renew its lock gives up its role; when etcd is back somebody leads again, and nothing is lost")
            .Inject(_cluster.LoseQuorum(_leader)!.For("6s"))
            .VerifyWithin("60s")
            .Expect(Lost.Nothing)
            .RunAsync();

    // PostgreSQL goes on when its Patroni is killed alone, and there is no watchdog here that would end it.
    [Experiment, Category("clusters")]
    public async Task Database_that_nobody_looks_after_is_a_second_primary_and_what_it_takes_is_lost()
    {
        var options = Options with { Synchronous = false };
        var cluster = await SharedCluster.GetAsync(options, () => PatroniCluster.StartAsync(options));
        await cluster.Hypothesis("without a watchdog, and without a standby that it waits for, an old primary acknowledges what the new one does not have")
            .Inject(cluster.AgentOf(await cluster.LeaderAsync()).Crash())
            .ObserveAtLeast("12s")
            .VerifyWithin("60s")
            // A harness that finds no loss here is blind.
            .Expect(Lost.AtLeast(1), Promoted.Once)
            .RunAsync();
    }
}
