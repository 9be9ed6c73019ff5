namespace Experiments.Networks;

[AllureFeature("Network"), AllureSeverity(SeverityLevel.critical)]
public sealed class PartitionedZone : OrderSystemExperiments
{
    [Experiment(Rto = "10s", Rpo = "0 writes", Ttd = "5s"), Category("nightly"), Category("network"), Category("failover")]
    public Task Zone_of_the_primary_is_cut_off_and_another_takes_over_without_a_split_brain() =>
        Hypothesis("a primary that is alive in a zone which nobody reaches is fenced and replaced; it acknowledges nothing that is lost")
            .Inject(Shop.PartitionZone(Database.Primary.Component.Zone!))
            .VerifyWithin("30s")
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing, Promoted.Once, Detected.By("failover", "5s"))
            .RunAsync();
}
