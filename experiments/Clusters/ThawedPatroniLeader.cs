using ChaosHarness.Fixtures.Patroni;

namespace Experiments.Clusters;

[AllureFeature("Patroni"), AllureSeverity(SeverityLevel.critical)]
public sealed class ThawedPatroniLeader : ExperimentFixture
{
    // Longer than the lock holds.
    private const string Frozen = "9s";

    // Clients that cancel are told of success for another reason: here they hang up, and what is lost is lost by the lock.
    private static readonly PatroniOptions Options = new() { Ttl = 5, LoopWait = 1, RetryTimeout = 3, ClientsCancel = false };

    [Experiment(Timeout = "15m"), Category("clusters")]
    public async Task Leader_that_thaws_may_take_its_lock_back_by_the_third_interface_of_etcd()
    {
        // No objective: what it loses is decided by a race, and told as a rate.
        await RunAsync(12, Options with { Etcd3 = true });
    }

    [Experiment(Rpo = "0 writes", Timeout = "10m"), Category("clusters")]
    public async Task Leader_that_thaws_stays_deposed_by_the_second_interface_of_etcd() =>
        Assert.That((await RunAsync(4, Options with { Etcd3 = false })).Lossy, Is.Zero, "runs that lost acknowledged writes");

    private static Task<Rate> RunAsync(int runs, PatroniOptions options) => Rate.OfLossAsync(
        runs,
        () => SharedCluster.GetAsync(options, () => PatroniCluster.StartAsync(options)),
        (cluster, leader) => cluster.Hypothesis("a leader that hangs for longer than its lock holds is replaced, and acknowledges nothing that is lost when it goes on")
            .Inject(((Schedule)leader.Freeze()).For(Frozen))
            .VerifyWithin("60s"));
}
