using ChaosHarness.Fixtures.OrderSystems;

namespace Experiments.Databases;

[AllureFeature("Database"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingThePrimaryWithoutSynchronousStandby : OrderSystemExperiments
{
    protected override OrderSystemOptions Options => new() { SynchronousStandby = false };

    [Experiment(Rto = "10s", Rpo = "1000 writes, 4s"), Category("nightly"), Category("failover")]
    public Task Lagging_replica_takes_over_and_the_lost_orders_are_found() =>
        Hypothesis("with only a lagging replica to take over, no more is lost than what it lagged behind")
            .Given(Database.CutReplicaOff(), settle: "2s")
            .Inject(Database.Primary.Crash())
            // The replica was two seconds behind at 200 orders a second: a harness that finds no loss here is blind.
            .Expect(Lost.AtLeast(200))
            .RunAsync();
}
