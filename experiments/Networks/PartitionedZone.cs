namespace Experiments.Networks;

[AllureFeature("Network"), AllureSeverity(SeverityLevel.critical)]
public sealed class PartitionedZone : OrderSystemExperiments
{
    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("nightly"), Category("network"), Category("failover")]
    public async Task Zone_of_the_primary_is_cut_off_and_another_takes_over_without_a_split_brain(CancellationToken halt)
    {
        var zone = Database.Primary.Component.Zone!;
        var result = await Hypothesis("a primary that is alive in a zone which nobody reaches is fenced and replaced; it acknowledges nothing that is lost")
            .Inject(Shop.PartitionZone(zone))
            .VerifyWithin("30s")
            .VerifyAtLeast("2s")
            .RunAsync(halt);

        Assert.That(result, Recovered.Within(Rto).And.Lost(Rpo).And.LostNothing());
        Assert.That(result.Measurements.DataLoss!.Diverged, Is.Zero);
        Assert.That(result, Detected.By("failover", "5s"));
        Assert.That(Promoted(result), Has.Exactly(1).Items, "one took over, once");
    }
}
