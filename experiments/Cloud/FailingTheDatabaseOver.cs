using ChaosHarness.Checkers.Recovery;

namespace Experiments.Cloud;

public sealed class FailingTheDatabaseOver : CloudExperiments
{
    [Experiment(Rto = "3m", Rpo = "0 writes"), Category("nightly"), Category("aws"), Category("failover")]
    public async Task Standby_takes_over_and_keeps_every_acknowledged_order(CancellationToken halt)
    {
        var result = await Hypothesis("a forced failover of the Multi-AZ database is over soon, and loses no order")
            .Probe((await Shop.EndpointAsync(halt)).Every("50ms"))
            .Inject(Fis("database-failover", Shop.DatabaseId))
            .Expect(Lost.Nothing, Recovered.Of("endpoint").Within("3m"), Detected.By("rds: " + Shop.DatabaseId, "2m"))
            .RunAsync(halt);

        var endpoint = result.Find(new RecoveryChecker("endpoint"));
        Assert.That(endpoint.Interrupted, Is.True, $"the name led nowhere for a while: {endpoint}");
        Assert.That(result.Timeline.Where(entry => entry.Detail.Contains("failover completed", StringComparison.OrdinalIgnoreCase)), Has.Exactly(1).Items);
    }
}
