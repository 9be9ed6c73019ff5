using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>What subjects share: an experiment that takes half a second, on a system that can be switched off.</summary>
public abstract class QuickExperiments : ExperimentFixture
{
    protected bool Down { get; set; }

    protected ExperimentBuilder Quick => Experiment.Hypothesis("it holds")
        .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned })
        .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(Down ? ProbeSample.Bad("down") : ProbeSample.Good)).Every("5ms"))
        .SteadyState(new SuccessRate("pulse").AtLeast(1))
        .SteadyFor("200ms")
        .Stability(5, "50ms")
        .Deadline("1s")
        .VerifyWithin("5s")
        .Inject(Fault.Delegate("touch it", "shop", _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask));

    protected Fault SwitchOff => Fault.Delegate("switch it off", "shop", _ => Set(true), _ => Set(false));

    [TearDown]
    public void Heal() => Down = false;

    private ValueTask Set(bool down)
    {
        Down = down;
        return ValueTask.CompletedTask;
    }
}
