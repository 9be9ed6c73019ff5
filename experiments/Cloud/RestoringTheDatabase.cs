using ChaosHarness.Aws.Restores;

namespace Experiments.Cloud;

public sealed class RestoringTheDatabase : CloudExperiments
{
    [Experiment(Rpo = "0 writes"), Category("nightly"), Category("aws"), Category("backup")]
    public Task Latest_moment_gives_every_order_back() =>
        Hypothesis("RDS can restore the database to a moment ago beside the traffic, with every order that was acknowledged before it")
            .On(Shop.UnderTest with { Components = [.. Shop.UnderTest.Components, new Component($"copy of {Shop.DatabaseId}", ComponentKind.Database)] })
            // The latest moment is as far back as log takes to be archived: there have to be orders by then.
            .SteadyFor(Here("8m"))
            .Inject(new RdsRestore(Account, Shop.DatabaseId, RdsBackup.LatestMoment) { Writes = new Dictionary<string, RestoredIds> { ["orders"] = Shop.OrdersInAsync } }.AtMost("1h"))
            .Expect(Restored.Within("60m"), Restored.LackingAtMost("10m"))
            .RunAsync();
}
