using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>Experiments that end in every way there is; run by the tests through NUnit itself, never on their own.</summary>
[Explicit("Run by other tests.")]
public sealed class OutcomeSubjects : QuickExperiments
{
    [Experiment(Rto = "1s")]
    public async Task Passes(CancellationToken halt)
    {
        Assert.That(halt.CanBeCanceled, Is.True);
        Assert.That(await Quick.RunAsync(halt), Recovered.Within(Rto));
    }

    [Experiment(Rto = "1ms")]
    public async Task Misses_its_objective(CancellationToken halt) => Assert.That(await Quick.Inject(SwitchOff).RunAsync(halt), Recovered.Within(Rto));

    [Experiment(Rto = "1ms")]
    public async Task Misses_its_objective_and_asserts_nothing() => await Quick.Inject(SwitchOff).RunAsync();

    [Experiment(Rto = "1ms")]
    public async Task Misses_its_objective_and_asserts_the_outcome() => Assert.That((await Quick.Inject(SwitchOff).RunAsync()).Outcome, Is.EqualTo(Outcome.Passed));

    [Experiment(Rto = "1s")]
    public async Task Is_inconclusive_although_it_asserts(CancellationToken halt)
    {
        Down = true;
        Assert.That(await Quick.RunAsync(halt), Recovered.Within(Rto));
    }

    [Experiment(Rto = "1s")]
    public async Task Is_halted_although_it_asserts(CancellationToken halt) =>
        Assert.That(await Quick.StopWhen(StopCondition.When(_ => ValueTask.FromResult<string?>("enough"))).Deadline("1m").ObserveAtLeast("20s").RunAsync(halt), Recovered.Within(Rto));

    [Experiment(Rto = "1s", Timeout = "1500ms")]
    public async Task Takes_too_long(CancellationToken halt) => await Quick.Deadline("2m").ObserveAtLeast("1m").RunAsync(halt);

    [Experiment(Rto = "1s")]
    public async Task Is_broken_although_it_asserts(CancellationToken halt) =>
        Assert.That(await Quick.Inject(Fault.Delegate("fail", "shop", _ => throw new InvalidOperationException("no"), _ => ValueTask.CompletedTask)).RunAsync(halt), Recovered.Within(Rto));

    [Experiment(Id = "an-id-that-stays", Rto = "1s"), Category("asserting")]
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

    [Experiment]
    public void Cannot_run_here_at_all() => throw new ImpossibleException("signals need Unix");

    [Experiment]
    public async Task Injects_what_cannot_be_injected_here() => await Quick.Inject(new ImpossibleFault()).RunAsync();

    [Experiment]
    public void Is_put_together_wrongly() => Experiment.Hypothesis("it holds").Build();

    [Experiment]
    public void Is_ignored_by_itself() => Assert.Ignore("not today");

    [Experiment, Retry(3)]
    public async Task Passes_at_the_second_attempt()
    {
        var isFirst = TestContext.CurrentContext.CurrentRepeatCount == 0;
        await (isFirst ? Quick.Inject(SwitchOff).Objectives(Objectives.Parse("1ms", null, null)) : Quick).RunAsync();
    }

    [Experiment, CancelAfter(700)]
    public async Task Is_cancelled_after_a_while(CancellationToken halt) => await Quick.Deadline("2m").ObserveAtLeast("1m").RunAsync(halt);
}
