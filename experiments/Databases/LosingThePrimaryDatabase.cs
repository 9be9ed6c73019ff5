namespace Experiments.Databases;

[AllureFeature("Database"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingThePrimaryDatabase : OrderSystemExperiments
{
    [Experiment(Id = "losing-the-primary-database", Rto = "10s", Rpo = "0 writes"), Category("nightly"), Category("failover")]
    public async Task Standby_takes_over_and_keeps_every_acknowledged_order(CancellationToken halt)
    {
        var result = await Hypothesis("orders are accepted again soon after the primary database dies, and none is lost")
            .Inject(Database.Primary.Crash())
            .RunAsync(halt);

        Assert.That(result, Recovered.Within(Rto).And.Lost(Rpo).And.LostNothing());
        Assert.That(result, Detected.By("failover", "3s"));
    }

    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("nightly"), Category("failover")]
    public async Task Frozen_primary_is_fenced_and_acknowledges_nothing_after_it_thaws(CancellationToken halt)
    {
        var result = await Hypothesis("a primary that freezes is replaced, and when it thaws it takes no order any more")
            .Inject(Database.Primary.Freeze())
            .VerifyAtLeast("2s")
            .RunAsync(halt);

        Assert.That(result, Recovered.Within(Rto).And.Lost(Rpo).And.LostNothing());
        Assert.That(result.Measurements.DataLoss!.Diverged, Is.Zero);
    }
}
