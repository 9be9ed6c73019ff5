using ChaosHarness.Fixtures.RabbitMq;

namespace Experiments.Clusters;

[AllureFeature("RabbitMQ"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingARabbitMqNode : ExperimentFixture
{
    private RabbitMqCluster _cluster = null!;
    private IProcessComponent _leader = null!;

    [SetUp]
    public async Task BringTheClusterUp()
    {
        _cluster = await SharedCluster.GetAsync("quorum queue", () => RabbitMqCluster.StartAsync());
        _leader = await _cluster.LeaderAsync();
    }

    [Experiment(Rto = "15s", Rpo = "0 writes"), Category("clusters")]
    public Task Quorum_queue_goes_on_without_its_leader() =>
        _cluster.Hypothesis("another member leads the queue soon after its leader died, and has every confirmed message")
            .Inject(_leader.Crash())
            .VerifyWithin("60s")
            .Expect(Lost.Nothing, Healed.ByItself)
            .RunAsync();

    [Experiment(Rto = "60s", Rpo = "0 writes"), Category("clusters")]
    public Task Without_a_majority_nothing_is_confirmed_and_nothing_is_lost() =>
        _cluster.Hypothesis("a queue without a majority of its members confirms nothing; when they are back it goes on with all that it had confirmed")
            .Inject(_cluster.LoseQuorum(_leader)!.For("5s"))
            .VerifyWithin("60s")
            .Expect(Lost.Nothing)
            .RunAsync();
}
