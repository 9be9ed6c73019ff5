using System.Diagnostics;
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

    [Experiment, Category("killed")]
    public Task Holds_before_the_host_is_killed() => Named("killed", 1).RunAsync();

    [Experiment, Category("killed"), Category("killed-first")]
    public Task Kills_its_host() => Named("killed", 2)
        .Inject(Fault.Delegate("kill the host", "killed", _ => { Process.GetCurrentProcess().Kill(); return ValueTask.CompletedTask; }, _ => ValueTask.CompletedTask))
        .RunAsync();

    [Experiment, Category("killed"), Category("killed-first")]
    public Task Never_begins() => Named("killed", 3).RunAsync();

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
