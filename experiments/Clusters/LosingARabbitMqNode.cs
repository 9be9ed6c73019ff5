using ChaosHarness.Fixtures.RabbitMq;

namespace Experiments.Clusters;

[AllureFeature("RabbitMQ"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingARabbitMqNode : ExperimentFixture
{
    // Clients that stay with their channel are refused everything until the dead node is back, in some runs: docs/clusters.md.
    private static readonly RabbitMqOptions Options = new() { AnotherChannelWhenRefused = true };
    private RabbitMqCluster _cluster = null!;
    private IProcessComponent _leader = null!;

    [SetUp]
    public async Task BringTheClusterUp()
    {
        _cluster = await SharedCluster.GetAsync(Options, () => RabbitMqCluster.StartAsync(Options));
        _leader = await _cluster.LeaderAsync();
    }

    [Experiment(Rto = "15s", Rpo = "0 writes"), Category("clusters")]
    public Task Quorum_queue_goes_on_without_its_leader() =>
        _cluster.Hypothesis("another member leads the queue soon after its leader died, and has every confirmed message")
            .Inject(_leader.Crash())
            .VerifyWithin("60s")
            .Expect(Lost.Nothing, Healed.ByItself)
            .RunAsync();

    [Experiment(Rto = "20s", Rpo = "0 writes"), Category("clusters")]
    public Task Quorum_queue_goes_on_when_its_leader_hangs() =>
        _cluster.Hypothesis("a leader that hangs is replaced; what it is sent when it goes on it does not confirm twice")
            .Inject(((Schedule)_leader.Freeze()).For("10s"))
            .VerifyWithin("60s")
            .Expect(Lost.Nothing)
            .RunAsync();

    // From the beginning of the command, which starts a virtual machine of its own before anything is drained.
    [Experiment(Rto = "30s", Rpo = "0 writes"), Category("clusters")]
    public Task Drained_leader_hands_over_in_good_order() =>
        _cluster.Hypothesis("a node that is drained before it is worked on hands its queues and clients over, and nothing is lost")
            .Inject(_cluster.Switchover(_leader)!)
            .VerifyWithin("60s")
            .Expect(Lost.Nothing)
            .RunAsync();

    [Experiment(Rto = "60s", Rpo = "0 writes"), Category("clusters")]
    public Task Without_a_majority_nothing_is_confirmed_and_nothing_is_lost() =>
        _cluster.Hypothesis("a queue without a majority of its members confirms nothing; when they are back it goes on with all that it had confirmed")
            .Inject(_cluster.LoseQuorum(_leader)!.For("5s"))
            .VerifyWithin("60s")
            .Expect(Lost.Nothing)
            .RunAsync();

    [Experiment(Rto = "60s", Rpo = "0 writes"), Category("clusters")]
    public Task Leader_in_the_minority_confirms_nothing() =>
        _cluster.Hypothesis("a leader that is cut off from the other members, alone with all clients, confirms nothing that they do not have")
            .Inject(_cluster.Isolate(_leader)!.For("10s"))
            .VerifyWithin("60s")
            .Expect(Lost.Nothing)
            .RunAsync();
}
