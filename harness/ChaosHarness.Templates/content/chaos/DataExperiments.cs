namespace ChaosTests;

/// <summary>Whether what was acknowledged is still there after a disaster.</summary>
public sealed class DataExperiments : ExperimentFixture
{
    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("nightly"), Category("failover")]
    public Task No_acknowledged_write_is_lost_when_the_service_dies() => Experiment
        .Hypothesis("what was acknowledged before the service died is there afterwards")
        .On(TheSystem.UnderTest)
        // Sends {"id":"4711"}. Where your service gives ids of its own: .IdFrom("id"), the member of its answer that says so.
        .Workload(new HttpWorkload("orders", PerSecond: 20, TheSystem.Writes).ReadBackFrom(TheSystem.Stored))
        .SteadyState(new SuccessRate("orders").AtLeast(0.99))
        .Inject(TheSystem.Service.Crash().For("2s"))
        .RunAsync();
}
