namespace Experiments.Cloud;

public sealed class PausingReplication : CloudExperiments
{
    [Experiment(Rto = "10m", Rpo = "0 writes"), Category("nightly"), Category("aws")]
    public async Task Documents_that_were_held_up_are_replicated_afterwards()
    {
        var documents = Shop.Documents;
        await Experiment.Hypothesis("while replication is paused documents pile up, and all of them arrive when it goes on")
            .On(new SystemUnderTest(Shop.Name + " documents") { Environment = Shop.UnderTest.Environment, Topology = Shop.UnderTest.Topology, Speed = Shop.UnderTest.Speed, Components = documents.Components, Signals = [Account.Signals] })
            .Workload(documents.Write(perSecond: 20))
            .Probe(documents.Replication().Every("500ms").TimeoutAfter("5s"))
            .SteadyState(new SuccessRate("documents").AtLeast(0.99), new SuccessRate("replication").AtLeast(1))
            .Inject(Fis("replication-paused", documents.Bucket))
            .RecoveryOf("replication")
            .ObserveAtLeast(Here("160s"))
            .VerifyAtLeast(Here("1m"))
            .RunAsync();

        Assert.That(documents.LongestBehind, Is.GreaterThan(TimeSpan.FromSeconds(80) / Shop.UnderTest.Speed), "had the bucket been lost, documents would have been lost with it");
        TestContext.Out.WriteLine($"{Shop.Name} documents: RPA had the bucket been lost: {documents.MostBehind} documents, {documents.LongestBehind.TotalSeconds:0.0} s.");
    }
}
