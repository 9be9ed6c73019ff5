using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Expectations;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.Systems;
using ChaosHarness.Workloads;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>
/// Each kind of code that is not the harness's own, in each way in which it can be hostile: the outcome and its reason are right, nothing
/// is left broken, and nobody else's figures are changed.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostileCodeTests : IDisposable
{
    private readonly HostileShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Test]
    public async Task A_hostile_probe_harms_its_own_samples_alone([Values] Hostility hostility)
    {
        var probe = new DelegateProbe("hostile", _ => _shop.DoAsync(hostility, ProbeSample.Good)).Every("50ms").TimeoutAfter("300ms");

        var record = await _shop.RunAsync(_shop.Experiment.Probe(probe).Expect(Lost.Nothing));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        AssertUnharmed(record);
        var hostile = record.Observations.Single(series => series.Source == "hostile").Observations;
        Assert.That(hostile, Is.Not.Empty);
        Assert.That(hostile.Select(observation => observation.IsGood), Is.All.False);
    }

    [Test]
    public async Task A_hostile_workload_harms_its_own_writes_alone([Values] Hostility hostility)
    {
        var workload = new Workload("hostile", 20, (_, _) => _shop.DoAsync(hostility, WriteOutcome.Ack())).TimeoutAfter("300ms");

        var record = await _shop.RunAsync(_shop.Experiment.Workload(workload));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        AssertUnharmed(record);
        var hostile = record.Observations.Single(series => series.Source == "hostile").Observations;
        Assert.That(hostile, Is.Not.Empty);
        Assert.That(hostile.Select(observation => observation.IsGood), Is.All.False);
    }

    [Test]
    public async Task Data_that_cannot_be_read_back_has_not_come_back([Values] Hostility hostility)
    {
        var orders = _shop.Orders with { Stored = _ => Hostile(hostility), ReadBackWithin = TimeSpan.FromSeconds(1) };

        var record = await _shop.RunAsync(_shop.Of(orders).Expect(Lost.Nothing));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(record.Reason, Does.Contain("could not be read back"));
        AssertUnharmed(record);

        async IAsyncEnumerable<StoredId> Hostile(Hostility how)
        {
            yield return await _shop.DoAsync(how, (StoredId)1L);
        }
    }

    [Test]
    public async Task A_fault_that_hangs_while_it_is_injected_is_given_up_and_everything_undone([Values(Hostility.Blocks, Hostility.Never, Hostility.IgnoresItsToken)] Hostility hostility)
    {
        var reverted = 0;
        var hanging = Fault.Delegate("hang", "shop", async _ => await _shop.DoAsync(hostility, 0), _ => Count(ref reverted)).AtMost("1s");

        var record = await _shop.RunAsync(_shop.Experiment.Inject(hanging));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(record.Reason, Does.Contain("hang"));
        Assert.That((reverted, _shop.IsDown), Is.EqualTo((1, false)));
        Assert.That(Directory.EnumerateFiles(_shop.Folder), Is.Empty, "nothing is left to undo");
    }

    [Test]
    public async Task A_fault_that_throws_breaks_the_run_and_everything_is_undone()
    {
        var failing = Fault.Delegate("fail", "shop", async _ => await _shop.DoAsync(Hostility.Throws, 0), _ => ValueTask.CompletedTask);

        var record = await _shop.RunAsync(_shop.Experiment.Inject(failing));

        Assert.That((record.Outcome, _shop.IsDown), Is.EqualTo((Outcome.Broken, false)));
        Assert.That(record.Reason, Does.Contain("fail").And.Contain("hostile"));
        Assert.That(Directory.EnumerateFiles(_shop.Folder), Is.Empty);
    }

    [Test]
    public async Task A_revert_that_throws_is_named_with_what_a_person_does_and_holds_up_no_other()
    {
        var stuck = Fault.Delegate("glue", "shop", _ => ValueTask.CompletedTask, async _ => await _shop.DoAsync(Hostility.Throws, 0));

        var record = await _shop.RunAsync(_shop.Experiment.Inject(stuck));

        Assert.That((record.Outcome, _shop.IsDown), Is.EqualTo((Outcome.Broken, false)));
        Assert.That(record.Reason, Does.Contain("glue").And.Contain("hostile").And.Contain("by hand"));
    }

    [Test]
    public async Task A_stop_condition_that_does_not_answer_halts([Values] Hostility hostility)
    {
        var condition = StopCondition.When(_ => _shop.DoAsync<string?>(hostility, null), "the watchman");

        var record = await _shop.RunAsync(_shop.Experiment.ObserveAtLeast("30s").Deadline("60s").StopWhen(condition));

        Assert.That((record.Outcome, _shop.IsDown), Is.EqualTo((Outcome.Halted, false)));
        Assert.That(record.Reason, Does.Contain("could not be evaluated").And.Contain("the watchman"));
    }

    [Test]
    public async Task A_signal_source_that_cannot_be_listened_to_breaks_the_run_before_anything_is_injected([Values(Hostility.Throws, Hostility.Blocks)] Hostility hostility)
    {
        var record = await _shop.RunAsync(_shop.Experiment.On(_shop.System with { Signals = [new HostileSource(_shop, hostility)] }));

        Assert.That((record.Outcome, record.Injection), Is.EqualTo((Outcome.Broken, (ChaosHarness.Timing.TimeWindow?)null)));
        Assert.That(record.Reason, Does.Contain("subscribe to a signal source"));
    }

    [Test]
    public async Task A_log_source_that_cannot_be_listened_to_breaks_the_run_before_anything_is_injected([Values(Hostility.Throws, Hostility.Blocks)] Hostility hostility)
    {
        var record = await _shop.RunAsync(_shop.Experiment.On(_shop.System with { Logs = [new HostileSource(_shop, hostility)] }));

        Assert.That((record.Outcome, record.Injection), Is.EqualTo((Outcome.Broken, (ChaosHarness.Timing.TimeWindow?)null)));
        Assert.That(record.Reason, Does.Contain("subscribe to a log source"));
    }

    [Test]
    public async Task A_run_that_was_not_awaited_is_halted_and_told()
    {
        using var scope = RunScope.Open(_shop.Options, [], CancellationToken.None);
        var running = scope.RunAsync(_shop.Experiment.ObserveAtLeast("50s").Deadline("60s"), CancellationToken.None);
        while (!_shop.IsDown)
        {
            await Task.Delay(10);
        }

        var runs = await scope.SealAsync(ScopeEnd.Well);

        Assert.That((runs.Records.Single().Outcome, _shop.IsDown, running.IsCompleted), Is.EqualTo((Outcome.Halted, false, true)));
        Assert.That(runs.Problems.Single(), Does.Contain("not awaited"));
        Assert.That(() => scope.RunAsync(_shop.Experiment, CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("test is over"));
    }

    private static void AssertUnharmed(RunRecord record)
    {
        var orders = record.Observations.Single(series => series.Source == "orders");
        Assert.That(orders.Observations.Where(observation => !observation.IsGood).Select(observation => observation.Detail).Distinct(), Is.EqualTo(new[] { "down" }));
        Assert.That(record.Find(FigureNames.RecoveryTime, "orders")!.Figure.Upper, Is.LessThan(2));
    }

    private static ValueTask Count(ref int count)
    {
        count++;
        return ValueTask.CompletedTask;
    }

    private sealed class HostileSource(HostileShop shop, Hostility hostility) : ISignalSource, ILogSource
    {
        public string Component => "hostile";

        public IDisposable Subscribe(Action<Signal> onSignal) => Subscribe();

        public IDisposable Subscribe(Action<string> onLine) => Subscribe();

        // A subscription is made at once or not at all: it blocks here, or throws.
        private MemoryStream Subscribe()
        {
            shop.DoAsync(hostility, 0).AsTask().GetAwaiter().GetResult();
            return new MemoryStream();
        }
    }
}
