using ChaosHarness.Checkers.Writes;
using ChaosHarness.Fixtures.Aws.Regions;
using ChaosHarness.LocalCloud.Names;

namespace Experiments.Regions;

/// <summary>A region that was lost is there again while another has taken its place, or comes and goes.</summary>
public sealed class ComingBack : RegionExperiments
{
    private const string Replicated = "40 writes, 2s";

    [Experiment(Rpo = Replicated), Category("regions"), Category("region")]
    public async Task Region_that_comes_back_takes_no_orders_though_customers_still_go_there(CancellationToken halt)
    {
        using var keeping = Shop.Customers(NameCaching.Forever);
        var result = await Hypothesis("customers who keep an address for ever go on sending orders to the region that was lost: when it is back it takes none, and passes them on", keeping)
            .Inject(Shop.LoseHome().For("14s"))
            .Expect(Promoted.Once, Recovered.Within("45s"))
            .ObserveAtLeast("10s")
            .RunAsync(halt);

        Report(result);
    }

    [Experiment(Rpo = Replicated), Category("regions"), Category("region")]
    public async Task Region_that_comes_and_goes_is_left_once(CancellationToken halt)
    {
        var before = Shop.Failover.Count;
        var result = await Hypothesis("a region that comes and goes is left once, and not gone back to by itself")
            .Inject(Shop.LoseHome().For("7s").Times(3, "3s"))
            .ObserveAtLeast("12s")
            .Expect(Recovered.Within("45s"))
            .RunAsync(halt);

        Report(result);
        Assert.That(Shop.Failover.Count - before, Is.EqualTo(1), "left, and no ping-pong");
    }

    [Experiment(Rpo = "0 writes", Availability = "99%"), Category("regions")]
    public async Task Health_check_that_lies_moves_no_region(CancellationToken halt)
    {
        var before = Shop.Failover.Count;
        var result = await Hypothesis("a health check that finds a region ill which is well sends customers elsewhere, whose orders are passed on, and nobody fails over")
            .Inject(Shop.MisjudgeHome())
            .ObserveAtLeast("8s")
            .Expect(Promoted.Never, Lost.Nothing)
            .RunAsync(halt);

        Report(result);
        Assert.That(Shop.Failover.Count, Is.EqualTo(before));
    }

    // Known to be bad: what the measurement has to find.
    [Experiment, Category("regions")]
    public async Task Without_a_fence_two_regions_take_orders(CancellationToken halt)
    {
        await using var unfenced = await RegionalOrderSystem.StartAsync(isFenced: false, cancellationToken: halt);
        using var keeping = unfenced.Customers(NameCaching.Forever);
        var result = await Experiment.Hypothesis("without a fence both regions take orders once the one that was lost is back, and that is found")
            .On(unfenced.UnderTest with { Name = "orders in two regions, without a fence" })
            .Workload(keeping.Place(perSecond: 20).SlowAfter("5s").TimeoutAfter("8s"))
            .SteadyState(keeping.SuccessRate.AtLeast(0.99))
            .Inject(unfenced.LoseHome().For("14s"))
            .ObserveAtLeast("8s")
            .RunAsync(halt);

        Assert.That(result.Find(new LossChecker()).Diverged, Is.Positive, "orders were acknowledged by a region that was not primary any more");
    }
}
