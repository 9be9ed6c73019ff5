namespace ChaosTests;

/// <summary>What happens to users when the service dies.</summary>
public sealed class ServiceExperiments : ExperimentFixture
{
    [Experiment(Rto = "10s"), Category("nightly"), Category("failover")]
    public Task Users_are_served_again_soon_after_the_service_died() => Experiment
        .Hypothesis("users are served again within ten seconds after the service died")
        .On(TheSystem.UnderTest)
        .Probe(new HttpProbe("front page", TheSystem.Address).Every("50ms"))
        .SteadyState(new SuccessRate("front page").AtLeast(0.99))
        // Who starts it again? If nothing does by itself, this does after two seconds.
        .Inject(TheSystem.Service.Crash().For("2s"))
        .RunAsync();
}
