using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Restores;

/// <summary>Restores as experiments: judged like any, and thrown away whatever happens.</summary>
public sealed class RestoreRunTests
{
    private FakeSystem _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new FakeSystem();

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task A_sound_copy_passes_and_is_thrown_away()
    {
        var restore = new FakeRestore("restore last night", async (notes, token) =>
        {
            await notes.PhaseAsync("fetch", () => ValueTask.FromResult(true));
            await notes.CheckAsync("rows", _ => ValueTask.FromResult((true, "7 rows")), token);
        });

        var run = await RunAsync(restore, Restored.Within("30s"));

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), run.Reason);
        Assert.That(run.Findings.Single(finding => finding.Name == "restores").Text, Does.StartWith("restored in ").And.EndsWith(": 1 check passed"));
        Assert.That(run.Find("restore time")!.Objective, Is.EqualTo(30));
        Assert.That(restore.IsThrownAway);
    }

    [Test]
    public async Task One_that_cannot_be_restored_fails_though_nobody_said_that_it_must()
    {
        var restore = new FakeRestore("restore last night", (_, _) => throw new InvalidOperationException("segment 17 is missing"));

        var run = await RunAsync(restore);

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Failed), run.Reason);
        Assert.That(run.Reason, Does.Contain("segment 17 is missing"));
        Assert.That(restore.IsThrownAway);
    }

    [Test]
    public async Task One_whose_check_does_not_hold_or_throws_fails()
    {
        var bad = await RunAsync(new FakeRestore("restore", async (notes, token) => await notes.CheckAsync("rows", _ => ValueTask.FromResult((false, "6 rows, not 7")), token)));
        var thrown = await RunAsync(new FakeRestore("restore", async (notes, token) => await notes.CheckAsync("rows", _ => throw new IOException("the place is full"), token)));

        Assert.That((bad.Outcome, thrown.Outcome), Is.EqualTo((Outcome.Failed, Outcome.Failed)));
        Assert.That(bad.Reason, Does.Contain("rows (6 rows, not 7)"));
        Assert.That(thrown.Reason, Does.Contain("rows (the place is full)"));
    }

    [Test]
    public async Task Writes_that_it_lacks_are_held_against_an_objective()
    {
        var restore = new FakeRestore("restore", async (notes, token) =>
        {
            notes.Targeted(new TimeWindow(TimeSpan.Zero, TimeSpan.Zero));
            await notes.LookUpAsync("orders", AsyncEnumerable.Empty<StoredId>(), token);
        });

        var run = await RunAsync(restore, Restored.LackingAtMost("0 writes"));

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(run.Find("restored copy lacks")!.Figure.Lower, Is.GreaterThan(0));
        Assert.That(run.Find("restored copy misses")!.Figure.Lower, Is.Zero);
    }

    [Test]
    public void A_copy_apart_need_be_no_component_of_the_system() => Assert.That(
        () => Experiment(new FakeRestore("restore", (_, _) => ValueTask.CompletedTask)).On(new SystemUnderTest("shop") { Environment = "local", Components = [new Component("web", ComponentKind.Service)] }).Build(),
        Throws.Nothing);

    [Test]
    public async Task A_halt_throws_what_is_there_away()
    {
        using var halt = new CancellationTokenSource();
        var restore = new FakeRestore("restore", async (_, token) =>
        {
            await halt.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        });

        var run = await _shop.RunAsync(Experiment(restore), halt.Token);

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Halted), run.Reason);
        Assert.That(restore.IsThrownAway);
    }

    private Task<RunRecord> RunAsync(Restore restore, params IReadOnlyList<Expectation> expectations) => _shop.RunAsync(Experiment(restore).Expect(expectations));

    private ExperimentBuilder Experiment(Restore restore) => ChaosHarness.Experiments.Experiment.Hypothesis("it can be restored")
        .On(_shop.Experiment.Build().System)
        .Workload(_shop.Experiment.Build().Workloads)
        .SteadyState(_shop.Experiment.Build().Conditions)
        .SteadyFor("200ms")
        .Stability(10, "200ms")
        .Deadline("5s")
        .VerifyWithin("2s")
        .Inject(restore);
}
