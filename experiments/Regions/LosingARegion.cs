using ChaosHarness.Fixtures.Aws.Regions;
using ChaosHarness.LocalCloud;

namespace Experiments.Regions;

/// <summary>A region is lost, as a whole or in part, and another takes its place.</summary>
public sealed class LosingARegion : RegionExperiments
{
    // What was not replicated when the region was lost is lost with it: at 40 orders a second, what a second of lag may hold.
    private const string Replicated = "40 writes, 2s";

    [Experiment(Rto = "15s", Rpo = Replicated, Ttd = "8s"), Category("regions"), Category("region"), Category("failover")]
    public async Task Other_region_takes_over_and_hands_the_orders_back_without_a_second_outage(CancellationToken halt)
    {
        var result = await Hypothesis("when a region falls silent the other takes its orders by itself, and hands them back without loss and without a second outage once the region is there again")
            .Inject(Schedule.InSequence(
                Shop.LoseHome().For("16s"),
                Schedule.Do("fail back", Shop.FailBackAsync, "120s")))
            .Deadline("150s")
            .ObserveAtLeast("4s")
            .Expect(Detected.By(RegionalOrderSystem.Automation, "8s"))
            .RunAsync(halt);

        Report(result);
        Assert.That(Shop.HasFailedOver, Is.False, "it is back where it began");
    }

    [Experiment(Rto = "20s", Rpo = Replicated), Category("regions"), Category("region"), Category("runbook")]
    public async Task Operator_fails_over_by_the_runbook_and_the_survivor_takes_the_whole_load(CancellationToken halt)
    {
        Shop.Failover.Disarm();
        var result = await Hypothesis("when nothing fails over by itself a person does: decide, scale up, fence and promote, switch the name; and the survivor takes the whole load")
            .Inject(Schedule.InParallel(
                Shop.LoseHome(isSilent: false),
                Schedule.At("2s", Schedule.InSequence([.. Shop.Failover.Steps.Select(step => Schedule.Do(step.Name, step.Do))]))))
            .ObserveAtLeast("15s")
            .VerifyAtLeast("5s")
            .Expect(Promoted.Once)
            .RunAsync(halt);

        Report(result);
        Assert.That(await Shop.Away.HealthyAsync(halt), Is.GreaterThanOrEqualTo(RegionalOrderSystem.WholeLoad), "the survivor has the capacity of the one that was lost");
    }

    [Experiment(Rto = "15s", Rpo = "0 writes"), Category("regions"), Category("region"), Category("failover")]
    public async Task Half_a_region_is_left_without_losing_an_order(CancellationToken halt)
    {
        var result = await Hypothesis("when only the entry of a region is gone its data are still replicated, so the other takes over without losing an order")
            .Inject(Shop.LoseHome(RegionParts.Entry))
            .ObserveAtLeast("12s")
            .Expect(Lost.Nothing, Promoted.Once)
            .RunAsync(halt);

        Report(result);
    }
}
