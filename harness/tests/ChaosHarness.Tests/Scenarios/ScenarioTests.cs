using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Scenarios;
using ChaosHarness.Tests.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Scenarios;

public sealed class ScenarioTests
{
    private FakeSystem _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new FakeSystem { HealsAfter = TimeSpan.FromMilliseconds(300) };

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task Experiments_are_run_in_order_each_with_a_history_of_its_own()
    {
        var results = await RunAsync(Scenario.Named("a bad day").Run("morning", _shop.Experiment).Pause("5s").Run("evening", before => before[0].Result!.Outcome == Outcome.Passed ? _shop.Experiment : throw new InvalidOperationException()));

        Assert.That(results.Select(result => (result.Step, result.Result?.Outcome)), Is.EqualTo(new[] { ("morning", (Outcome?)Outcome.Passed), ("evening", Outcome.Passed) }));
        Assert.That(_shop.Recorded.Select(record => (record.ExperimentId, record.Name, record.Step! with { ScenarioRun = null, LeftOut = null! })), Is.EqualTo(new[]
        {
            ("test/morning", "the test: morning", new ScenarioStep("a bad day", "morning", 1, 2)), ("test/evening", "the test: evening", new ScenarioStep("a bad day", "evening", 2, 2)),
        }));
        Assert.That(_shop.Recorded[1].StartedAt - _shop.Recorded[0].StartedAt - _shop.Recorded[0].Duration, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task What_fails_ends_it_for_all_that_do_not_say_otherwise()
    {
        _shop.HealsAfter = null;
        _shop.RevertHeals = false;
        var results = await RunAsync(Scenario.Named("a bad day").Run("fails", _shop.Experiment.VerifyWithin("1s")).Run("next", _shop.Experiment).Run("in any case", _shop.Experiment).EvenAfterFailure());

        Assert.That(results.Select(result => (result.Step, result.Result?.Outcome, result.LeftOut)), Is.EqualTo(new[]
        {
            ("fails", (Outcome?)Outcome.Failed, (string?)null), ("next", null, "'fails' before it is Failed"), ("in any case", Outcome.Inconclusive, null),
        }));
    }

    [Test]
    public async Task A_step_is_left_out_where_its_condition_does_not_hold()
    {
        var results = await RunAsync(Scenario.Named("a bad day").Run("one", _shop.Experiment).Run("two", _shop.Experiment).OnlyIf("the first lost writes", before => before[0].Result!.Outcome == Outcome.Failed).Run("three", _shop.Experiment));

        Assert.That(results.Select(result => result.LeftOut), Is.EqualTo(new[] { null, "only if the first lost writes", null }));
    }

    [Test]
    public async Task Each_record_has_what_was_left_out_of_its_scenario_and_of_no_other()
    {
        var bad = Scenario.Named("a bad day").Run("one", _shop.Experiment).Run("two", _shop.Experiment).OnlyIf("it is Monday", _ => false).Run("three", _shop.Experiment);
        await RunAsync(bad);
        await RunAsync(bad);

        var runs = _shop.Recorded.GroupBy(record => record.Step!.ScenarioRun).ToList();
        Assert.That(runs.Select(run => string.Join(" ", run.Select(record => record.Step!.Step))), Is.EqualTo(new[] { "one three", "one three" }));
        Assert.That(_shop.Recorded.Select(record => record.Step!.LeftOut.Single()), Has.All.EqualTo(new LeftOutStep("two", 2, "only if it is Monday")));
    }

    [Test]
    public async Task What_was_never_come_to_is_left_out_for_what_ended_the_scenario()
    {
        Assert.That(
            async () => await RunAsync(Scenario.Named("a bad day").Run("one", _shop.Experiment).WaitUntil("it rains", _ => ValueTask.FromResult(false), "2s").Run("two", _shop.Experiment)),
            Throws.TypeOf<ScenarioEndedException>());

        var left = _shop.Recorded.Single().Step!.LeftOut.Single();
        Assert.That((left.Step, left.Number), Is.EqualTo(("two", 2)));
        Assert.That(left.Why, Does.StartWith("The scenario 'a bad day' waited 2s until it rains"));
    }

    [Test]
    public async Task What_halts_one_ends_all()
    {
        using var halt = new CancellationTokenSource();
        var running = Start(Scenario.Named("a bad day").Run("one", _shop.Experiment.ObserveAtLeast("10s")).Pause("1h").Run("two", _shop.Experiment).EvenAfterFailure(), halt.Token);
        for (var i = 0; i < 2_000 && _shop.Calls.Count == 0; i++)
        {
            _shop.Time.Advance(TimeSpan.FromMilliseconds(5));
            await FakeTime.SettleAsync();
        }

        await halt.CancelAsync();
        var results = await _shop.Time.UntilAsync(running, 5);

        Assert.That(results.Select(result => (result.Result?.Outcome, result.LeftOut)), Is.EqualTo(new[] { ((Outcome?)Outcome.Halted, (string?)null), (null, "'one' before it is Halted") }));
    }

    [Test]
    public async Task It_waits_for_what_has_to_come_between()
    {
        var looks = 0;
        var results = await RunAsync(Scenario.Named("a bad day").Run("one", _shop.Experiment)
            .WaitUntil("the queue is empty", _ => ++looks switch { 1 => throw new TimeoutException("no answer"), 2 => ValueTask.FromResult(false), _ => ValueTask.FromResult(true) }, "1m")
            .Run("two", _shop.Experiment));

        Assert.That((looks, results.Count(result => result.Result is not null)), Is.EqualTo((3, 2)));
    }

    [Test]
    public void What_does_not_come_ends_it_and_is_told()
    {
        var scenario = Scenario.Named("a bad day").Run("one", _shop.Experiment).WaitUntil("the queue is empty", _ => ValueTask.FromResult(false), "5s").Run("two", _shop.Experiment).Run("three", _shop.Experiment);

        Assert.That(() => RunAsync(scenario), Throws.TypeOf<ScenarioEndedException>().With.Message.EqualTo("The scenario 'a bad day' waited 5s until the queue is empty, and it did not come. Not run: two, three."));
        Assert.That(_shop.Recorded, Has.Count.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_order_to_halt_is_heard_between_experiments_too(bool waits)
    {
        var file = Path.Combine(_shop.JournalFolder, HaltOrder.FileName);
        var scenario = Scenario.Named("a bad day").Run("one", _shop.Experiment);
        scenario = (waits ? scenario.WaitUntil("the queue is empty", _ => ValueTask.FromResult(false), "1h") : scenario.Pause("1h")).Run("two", _shop.Experiment);
        var running = Start(scenario, CancellationToken.None, new SafetyPolicy { HaltFiles = [file] });
        for (var i = 0; i < 5_000 && _shop.Recorded.Count + _shop.Calls.Count(call => call == "revert") == 0; i++)
        {
            _shop.Time.Advance(TimeSpan.FromMilliseconds(5));
            await FakeTime.SettleAsync();
        }

        for (var i = 0; i < 100; i++)
        {
            _shop.Time.Advance(TimeSpan.FromMilliseconds(50));
            await FakeTime.SettleAsync();
        }

        HaltOrder.Engage(file, new HaltOrder("ann", "enough"));

        Assert.That(() => _shop.Time.UntilAsync(running, 5), Throws.TypeOf<ScenarioEndedException>().With.Message.StartsWith("The scenario 'a bad day' halted by ann: enough").And.Message.EndsWith("Not run: two."));
    }

    [Test]
    public void A_condition_that_throws_is_named_with_its_step() =>
        Assert.That(
            () => RunAsync(Scenario.Named("a bad day").Run("one", _shop.Experiment).Run("two", _shop.Experiment).OnlyIf("x", _ => throw new InvalidOperationException("no answer")).Run("three", _shop.Experiment)),
            Throws.TypeOf<ScenarioEndedException>().With.Message.EqualTo("The scenario 'a bad day' could not go on: 'two': condition failed: InvalidOperationException: no answer. Not run: two, three.").Or.Message.Contains("no answer. Not run: two, three."));

    [Test]
    public void Every_mistake_is_told_before_anything_runs()
    {
        var wrong = Scenario.Named("a bad day").OnlyIf("never", _ => false).Pause("soon").WaitUntil("it rains", _ => ValueTask.FromResult(true), "a while").Run("one", _shop.Experiment).Run("one", _shop.Experiment).Pause("1s").EvenAfterFailure();

        Assert.That(() => RunAsync(wrong), Throws.InvalidOperationException.With.Message.EqualTo(
            $"The scenario 'a bad day' is written wrongly: OnlyIf comes right behind the experiment that it is of; {DurationText.Mistake("Pause", "soon")}; {DurationText.Mistake("WaitUntil", "a while")}; two steps are called 'one': their runs would be one history; EvenAfterFailure comes right behind the experiment that it is of."));
        Assert.That(() => RunAsync(Scenario.Named("nothing")), Throws.InvalidOperationException.With.Message.Contains("it has no experiment"));
        Assert.That(() => Scenario.Named("alone").Run("one", _shop.Experiment).RunAsync(), Throws.InvalidOperationException.With.Message.Contains("[Experiment]"));
        Assert.That(_shop.Recorded, Is.Empty);
    }

    private Task<IReadOnlyList<ScenarioStepResult>> RunAsync(Scenario scenario) => _shop.Time.UntilAsync(Start(scenario, CancellationToken.None), 5);

    private async Task<IReadOnlyList<ScenarioStepResult>> Start(Scenario scenario, CancellationToken halt, SafetyPolicy? safety = null)
    {
        using var scope = RunScope.Open(_shop.Options with { Safety = safety ?? _shop.Options.Safety, DefaultId = "test", DefaultName = "the test" }, [], halt);
        try
        {
            using (scope.Enter())
            {
                return await scenario.RunAsync(CancellationToken.None);
            }
        }
        finally
        {
            await scope.SealAsync(ScopeEnd.Well);
        }
    }
}
