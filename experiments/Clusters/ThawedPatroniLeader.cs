using ChaosHarness.Fixtures.Patroni;

namespace Experiments.Clusters;

[AllureFeature("Patroni"), AllureSeverity(SeverityLevel.critical)]
public sealed class ThawedPatroniLeader : ExperimentFixture
{
    // Longer than the lock holds.
    private const string Frozen = "9s";

    [Experiment(Timeout = "10m"), Category("clusters")]
    public async Task Leader_that_thaws_may_take_its_lock_back_by_the_third_interface_of_etcd()
    {
        // No objective: what it loses is decided by a race, and told as a rate.
        await RunAsync(new PatroniOptions { Ttl = 5, LoopWait = 1, RetryTimeout = 3, Etcd3 = true });
    }

    [Experiment(Rpo = "0 writes", Timeout = "10m"), Category("clusters")]
    public async Task Leader_that_thaws_stays_deposed_by_the_second_interface_of_etcd() =>
        Assert.That(await RunAsync(new PatroniOptions { Ttl = 5, LoopWait = 1, RetryTimeout = 3, Etcd3 = false }), Is.Zero, "runs that lost acknowledged writes");

    private static async Task<int> RunAsync(PatroniOptions options)
    {
        var cluster = await SharedCluster.GetAsync(options, () => PatroniCluster.StartAsync(options));
        return await Rate.OfLossAsync(cluster, leader => cluster.Hypothesis("a leader that hangs for longer than its lock holds is replaced, and acknowledges nothing that is lost when it goes on")
            .Inject(((Schedule)leader.Freeze()).For(Frozen))
            .VerifyWithin("60s"));
    }
}
