using ChaosHarness.Allure;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

[assembly: RecordedBy(typeof(AllureRecording))]

namespace Drilled;

/// <summary>Experiments that whole test sessions are made of, on a system in memory; each takes half a second.</summary>
public sealed class DrilledExperiments
{
    [Experiment, Category("first")]
    public Task Holds_in_the_first([Values(1, 2)] int number) => Named("first", number).RunAsync();

    [Experiment, Category("second")]
    public Task Holds_in_the_second([Values(1, 2, 3)] int number) => Named("second", number).RunAsync();

    [Experiment, Category("mixed")]
    public Task Holds() => Named("mixed", 1).RunAsync();

    [Experiment, Category("mixed")]
    public Task Says_nothing() => throw new NotRunException("no proxy here");

    [Experiment, Category("mixed")]
    public Task Cannot_run_here() => throw new ImpossibleException("signals need Unix");

    private static ExperimentBuilder Named(string system, int number) => Experiment.Hypothesis("it holds")
        .Named($"{system} {number}")
        .On(new SystemUnderTest(system) { Environment = "local", Reach = SystemReach.Owned })
        .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("5ms"))
        .SteadyState(new SuccessRate("pulse").AtLeast(1))
        .SteadyFor("200ms")
        .Stability(5, "50ms")
        .Deadline("1s")
        .VerifyWithin("5s")
        .Inject(Fault.Delegate("touch it", system, _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask));
}
