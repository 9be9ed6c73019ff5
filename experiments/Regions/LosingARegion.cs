using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Fixtures.Aws.Regions;

namespace Experiments.Regions;

/// <summary>A region is lost as a whole, or in part, and another takes its place.</summary>
public sealed class LosingARegion : RegionExperiments
{
    // What was not replicated yet is lost: the objective says how much may be.
    private const string ReplicationLag = "40 writes, 1s";

    [Experiment(Rto = "15s", Rpo = ReplicationLag, Ttd = "8s"), Category("regions"), Category("region"), Category("failover")]
    public async Task Other_region_takes_over_and_hands_the_orders_back_without_a_second_outage(CancellationToken halt)
    {
        var result = await Hypothesis("when a region falls silent the other takes its orders by itself, and hands them back without loss and without a second outage once the region is there again")
            .Inject(Schedule.InSequence(
                Shop.LoseHome().For("16s"),
                Schedule.Do("fail back", Shop.FailBackAsync, "90s")))
            .Deadline("150s")
            .ObserveAtLeast("5s")
            .Expect(Detected.By(RegionalOrderSystem.Automation, "8s"))
            .RunAsync(halt);

        Report(result);
    }

    private static void Report(ExperimentResult result)
    {
        var (recovery, loss) = (result.Find(new RecoveryChecker()), result.Find(new LossChecker()));
        TestContext.Out.WriteLine($"RTA {recovery}; RPA {loss}; the replica was {Shop.Failover.LagAtPromotion?.TotalSeconds:0.00} s behind.");
        Assert.That(loss.Diverged, Is.Zero, "no order was taken by two regions");
    }
}
