using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.NUnit.Constraints;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>Experiments that end in every way there is; run by the tests through NUnit itself, never on their own.</summary>
[Explicit("Run by other tests.")]
public sealed class OutcomeSubjects : ExperimentFixture
{
    private bool _down;

    private ExperimentBuilder Quick => Experiment.Hypothesis("it holds")
        .On(new SystemUnderTest("shop") { Environment = "local" })
        .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(_down ? ProbeSample.Bad("down") : ProbeSample.Good)).Every("5ms"))
        .SteadyState(new SuccessRate("pulse").AtLeast(1))
        .SteadyFor("200ms")
        .Stability(5, "50ms")
        .Deadline("1s")
        .VerifyWithin("5s")
        .Inject(Fault.Delegate("touch it", "shop", _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask));

    private Fault SwitchOff => Fault.Delegate("switch it off", "shop", _ => Set(true), _ => Set(false));

    [Experiment(Rto = "10s")]
    public async Task Passes(CancellationToken halt)
    {
        Assert.That(halt.CanBeCanceled, Is.True);
        Assert.That(await Quick.RunAsync(halt), Recovered.Within(Rto));
    }

    [Experiment(Rto = "1ms")]
    public async Task Misses_its_objective(CancellationToken halt) => Assert.That(await Quick.Inject(SwitchOff).RunAsync(halt), Recovered.Within(Rto));

    [Experiment(Rto = "1ms")]
    public async Task Misses_its_objective_and_asserts_nothing() => await Quick.Inject(SwitchOff).RunAsync();

    [Experiment(Rto = "10s")]
    public async Task Is_inconclusive_although_it_asserts(CancellationToken halt)
    {
        _down = true;
        Assert.That(await Quick.RunAsync(halt), Recovered.Within(Rto));
    }

    [Experiment(Rto = "10s")]
    public async Task Is_halted_although_it_asserts(CancellationToken halt) =>
        Assert.That(await Quick.StopWhen(StopCondition.When(_ => ValueTask.FromResult<string?>("enough"))).Deadline("1m").ObserveAtLeast("20s").RunAsync(halt), Recovered.Within(Rto));

    [Experiment(Rto = "10s", Timeout = "1500ms")]
    public async Task Takes_too_long(CancellationToken halt) => await Quick.Deadline("2m").ObserveAtLeast("1m").RunAsync(halt);

    [Experiment(Rto = "10s")]
    public async Task Is_broken_although_it_asserts(CancellationToken halt) =>
        Assert.That(await Quick.Inject(Fault.Delegate("fail", "shop", _ => throw new InvalidOperationException("no"), _ => ValueTask.CompletedTask)).RunAsync(halt), Recovered.Within(Rto));

    [Experiment(Id = "an-id-that-stays", Rto = "10s"), Category("asserting")]
    public async Task Asserts_more_than_its_objectives(CancellationToken halt)
    {
        var result = await Quick.RunAsync(halt);
        Assert.That(result.Timeline.Any(entry => entry.Kind == TimelineKind.Promotion), Is.True, "a node took over");
    }

    [Experiment(Id = " ")]
    public void Has_an_empty_id()
    {
    }

    [Experiment]
    public void Throws() => throw new InvalidOperationException("of its own");

    [Experiment]
    public void Has_no_topology() => throw new NotRunException("no haproxy here");

    [Experiment]
    public void Runs_nothing()
    {
    }

    [Experiment(Rto = "soon")]
    public void Has_a_wrong_objective()
    {
    }

    [TearDown]
    public void Heal() => _down = false;

    private ValueTask Set(bool down)
    {
        _down = down;
        return ValueTask.CompletedTask;
    }
}
