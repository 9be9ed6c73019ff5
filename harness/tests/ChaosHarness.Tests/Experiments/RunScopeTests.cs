using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.Tests.Experiments;

/// <summary>Several runs in one test: which of them its failure is held against.</summary>
public sealed class RunScopeTests
{
    private static readonly ScopeEnd Failed = new(Failed: true, IsError: false, Message: "expected 3 but was 4");
    private FakeSystem _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new FakeSystem { HealsAfter = TimeSpan.FromSeconds(1) };

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task A_failure_that_one_run_explains_is_not_held_against_the_others()
    {
        using var scope = RunScope.Open(_shop.Options, [], CancellationToken.None);
        await _shop.Time.UntilAsync(scope.RunAsync(_shop.Experiment.Named("first"), CancellationToken.None));
        var second = await _shop.Time.UntilAsync(scope.RunAsync(_shop.Experiment.Named("second"), CancellationToken.None));
        second.Hold(Recovered.Within("500ms"));

        var runs = await _shop.Time.UntilAsync(scope.SealAsync(Failed));

        Assert.That(runs.Records.Select(run => (run.Name, run.Outcome)), Is.EqualTo(new[] { ("first", Outcome.Passed), ("second", Outcome.Failed) }));
        Assert.That(runs.Records[1].Reason, Is.EqualTo("expected 3 but was 4"));
        Assert.That(runs.Records[0].Reason, Is.Null);
    }

    [Test]
    public async Task A_run_that_failed_by_itself_explains_the_failure()
    {
        using var scope = RunScope.Open(_shop.Options, [], CancellationToken.None);
        await _shop.Time.UntilAsync(scope.RunAsync(_shop.Experiment.Named("first").Expect(Recovered.Within("500ms")), CancellationToken.None));
        await _shop.Time.UntilAsync(scope.RunAsync(_shop.Experiment.Named("second"), CancellationToken.None));

        var runs = await _shop.Time.UntilAsync(scope.SealAsync(Failed));

        Assert.That(runs.Records.Select(run => (run.Name, run.Outcome)), Is.EqualTo(new[] { ("first", Outcome.Failed), ("second", Outcome.Passed) }));
    }

    [Test]
    public async Task A_failure_that_no_run_explains_is_held_against_all()
    {
        using var scope = RunScope.Open(_shop.Options, [], CancellationToken.None);
        await _shop.Time.UntilAsync(scope.RunAsync(_shop.Experiment.Named("first"), CancellationToken.None));
        await _shop.Time.UntilAsync(scope.RunAsync(_shop.Experiment.Named("second"), CancellationToken.None));

        var runs = await _shop.Time.UntilAsync(scope.SealAsync(Failed));

        Assert.That(runs.Records.Select(run => (run.Outcome, run.Reason)), Is.All.EqualTo((Outcome.Failed, "expected 3 but was 4")));
    }

    // What says nothing of the system says nothing of the assertion that failed either.
    [Test]
    public async Task A_run_that_says_nothing_explains_no_failure()
    {
        using var scope = RunScope.Open(_shop.Options, [], CancellationToken.None);
        await _shop.Time.UntilAsync(scope.RunAsync(_shop.Experiment.Named("first"), CancellationToken.None));
        _shop.IsDown = true;
        await _shop.Time.UntilAsync(scope.RunAsync(_shop.Experiment.Named("second"), CancellationToken.None));

        var runs = await _shop.Time.UntilAsync(scope.SealAsync(Failed));

        Assert.That(runs.Records.Select(run => (run.Name, run.Outcome)), Is.EqualTo(new[] { ("first", Outcome.Failed), ("second", Outcome.Inconclusive) }));
    }

    [Test]
    public async Task Latency_before_and_after_are_in_the_record()
    {
        var run = await _shop.RunAsync(_shop.Experiment);

        Assert.That(run.Find(FigureNames.LatencyBefore(99), "orders"), Is.Not.Null);
        Assert.That(run.Find(FigureNames.Latency(99), "orders"), Is.Not.Null);
        Assert.That(run.Find(FigureNames.Latency(100), "orders"), Is.Not.Null);
    }
}
