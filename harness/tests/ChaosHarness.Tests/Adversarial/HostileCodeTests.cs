using System.Runtime.CompilerServices;
using ChaosHarness.Calls;
using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Journals;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using ChaosHarness.Workloads;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>
/// Each kind of code that is not the harness's own, in each way in which it can be hostile: the outcome and its reason are right, nothing
/// is left broken, what listens to its token is not at work any more, and nobody else's figures are changed.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostileCodeTests : IDisposable
{
    private const int Patience = 30_000;
    private readonly HostileShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Test]
    public async Task A_hostile_probe_harms_its_own_samples_alone([Values] Hostility hostility)
    {
        var probe = new DelegateProbe("hostile", token => _shop.DoAsync(hostility, ProbeSample.Good, token)).Every("50ms").TimeoutAfter("300ms");

        var record = await _shop.RunAsync(_shop.Experiment.Probe(probe).Expect(Lost.Nothing), hostility);

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        AssertUnharmed(record);
        AssertAllBad(record, "hostile");
        await AssertNothingIsLeftAsync(hostility);
    }

    [Test]
    public async Task A_hostile_workload_harms_its_own_writes_alone([Values] Hostility hostility)
    {
        var workload = new Workload("hostile", 20, (_, token) => _shop.DoAsync(hostility, WriteOutcome.Ack(), token)).TimeoutAfter("300ms");

        var record = await _shop.RunAsync(_shop.Experiment.Workload(workload), hostility);

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        AssertUnharmed(record);
        AssertAllBad(record, "hostile");
        await AssertNothingIsLeftAsync(hostility);
    }

    [Test]
    public async Task Data_that_cannot_be_read_back_has_not_come_back([Values] Hostility hostility)
    {
        var orders = _shop.Orders with { Stored = token => Hostile(hostility, token), ReadBackWithin = TimeSpan.FromSeconds(1) };

        var record = await _shop.RunAsync(_shop.Of(orders).Expect(Lost.Nothing), hostility);

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(record.Reason, Does.Contain("could not be read back"));
        AssertUnharmed(record);
        await AssertNothingIsLeftAsync(hostility);

        async IAsyncEnumerable<StoredId> Hostile(Hostility how, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return await _shop.DoAsync(how, (StoredId)1L, cancellationToken);
        }
    }

    [Test]
    public async Task A_hostile_injection_is_given_up_and_everything_undone([Values] Hostility hostility)
    {
        var isHit = false;
        var hostile = Fault.Delegate("hostile", "shop", InjectAsync, _ => Undo()).AtMost("1s");

        var record = await _shop.RunAsync(_shop.Experiment.Inject(hostile), hostility);

        Assert.That(record.Outcome, Is.EqualTo(hostility == Hostility.Throws ? Outcome.Broken : Outcome.Halted));
        Assert.That(record.Reason, Does.Contain(hostility == Hostility.Throws ? "'hostile': apply failed: hostile" : "'hostile' reached its maximum duration of 1s"));
        await AssertNothingIsLeftAsync(hostility);
        // What takes effect after all is undone again.
        Assert.That(() => Volatile.Read(ref isHit), Is.False.After(Patience, 10));

        async ValueTask InjectAsync(CancellationToken cancellationToken)
        {
            await _shop.DoAsync(hostility, 0, cancellationToken);
            Volatile.Write(ref isHit, true);
        }

        ValueTask Undo()
        {
            Volatile.Write(ref isHit, false);
            return ValueTask.CompletedTask;
        }
    }

    [Test]
    public async Task A_hostile_revert_is_tried_again_and_then_named_and_holds_up_no_other([Values] Hostility hostility)
    {
        var tries = 0;
        var stuck = Fault.Delegate("glue", "shop", _ => ValueTask.CompletedTask, UndoAsync);

        var record = await _shop.RunAsync(_shop.Experiment.Inject(stuck), hostility, new CallLimits { Revert = Short, RevertPause = TimeSpan.FromMilliseconds(50) });

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(record.Reason, Does.Contain("'glue' could not be reverted").And.Contain(hostility == Hostility.Throws ? "could not be reverted: hostile" : "could not be reverted: it did not answer within 500ms").And.Contain("by hand"));
        Assert.That(tries, Is.EqualTo(3));
        Assert.That(record.Faults.Select(fault => (fault.Description, fault.Reverted is null)), Is.EqualTo(new[] { ("outage", false), ("glue", true) }));
        AssertUnharmed(record);
        await AssertNothingIsLeftAsync(hostility, ["glue"]);

        async ValueTask UndoAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref tries);
            await _shop.DoAsync(hostility, 0, cancellationToken);
        }
    }

    [Test]
    public async Task A_stop_condition_that_does_not_answer_halts([Values] Hostility hostility)
    {
        var condition = StopCondition.When(token => _shop.DoAsync<string?>(hostility, "too late", token), "the watchman");

        var record = await _shop.RunAsync(_shop.Experiment.ObserveAtLeast("30s").Deadline("60s").StopWhen(condition), hostility, new CallLimits { StopCondition = Short });

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(record.Reason, Does.Contain("could not be evaluated 3 times running").And.Contain("the watchman").And.Contain(hostility == Hostility.Throws ? "failed: hostile" : "did not answer within 500ms"));
        await AssertNothingIsLeftAsync(hostility);
    }

    [Test]
    public async Task A_source_that_cannot_be_listened_to_breaks_the_run_before_anything_is_injected([Values("signal", "log")] string kind, [Values] Hostility hostility)
    {
        var source = new HostileSource(_shop, hostility);

        var record = await _shop.RunAsync(_shop.Experiment.On(With(kind, source)), hostility, new CallLimits { Subscription = Short });

        Assert.That((record.Outcome, record.Injection), Is.EqualTo((Outcome.Broken, (TimeWindow?)null)));
        Assert.That(record.Reason, Does.Contain($"subscribe to a {kind} source").And.Contain(hostility == Hostility.Throws ? "failed: hostile" : "did not answer within 500ms"));
        await AssertNothingIsLeftAsync(hostility, hasToken: false);
        Assert.That(() => source.Open, Is.Zero.After(Patience, 10), "what listens too late is ended");
    }

    [Test]
    public async Task A_source_that_does_not_end_changes_nothing([Values("signal", "log")] string kind, [Values] Hostility hostility)
    {
        var source = new HostileSource(_shop, null, hostility);

        var record = await _shop.RunAsync(_shop.Experiment.On(With(kind, source)), hostility, new CallLimits { Subscription = Short });

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        AssertUnharmed(record);
        await AssertNothingIsLeftAsync(hostility, hasToken: false);
        Assert.That(source.Open, Is.Zero);
    }

    [Test]
    public async Task A_hostile_recorder_changes_no_record_and_keeps_none_from_the_others([Values] Hostility hostility)
    {
        var (hostile, other) = (new HostileRecorder(_shop, hostility), new HostileRecorder(_shop, null));
        var options = _shop.Options with { Recorders = [hostile, other], Limits = new CallLimits { Recording = Short } };

        var runs = await _shop.RunAsync(_shop.Experiment, hostility == Hostility.CompletesLate ? Hostility.IgnoresItsToken : hostility, options);

        var record = runs.Records.Single();
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        AssertUnharmed(record);
        Assert.That(runs.Problems.Single(), Does.Contain("could not be rendered: 'HostileRecorder': record").And.EndsWith(hostility == Hostility.Throws ? "failed: hostile" : "did not answer within 500ms"));
        Assert.That(other.Received, Is.EqualTo(new[] { record }));
        await AssertNothingIsLeftAsync(hostility);
    }

    [Test]
    public async Task A_hostile_watcher_changes_nothing_and_keeps_nothing_from_the_others([Values] Hostility hostility)
    {
        var (hostile, other) = (new HostileWatcher(_shop, hostility), new HostileWatcher(_shop, null));
        var options = _shop.Options with { Watchers = [hostile, other] };

        var record = (await _shop.RunAsync(_shop.Experiment, hostility, options)).Records.Single();

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        AssertUnharmed(record);
        Assert.That(other.Seen, Is.EqualTo(record.Phases.Where(phase => phase.Name != PhaseName.Record)));
        await AssertNothingIsLeftAsync(hostility);
    }

    [Test]
    public async Task A_hostile_checker_costs_its_own_verdict_and_nothing_else([Values] CheckerHostility way)
    {
        var recorder = new HostileRecorder(_shop, null);
        var mine = Expectation.Of(new HostileChecker(_shop, way), "mine holds", finding => new Judgement(true, finding.ToString()));
        var options = _shop.Options with { Recorders = [recorder, new JournalRecorder(Path.Combine(_shop.Folder, "journals"))], Limits = new CallLimits { Judgement = Short } };

        var runs = await _shop.RunAsync(_shop.Experiment.Expect(mine, Recovered.Within("10s")), Hostility.Throws, options);

        var record = runs.Records.Single();
        Assert.That(runs.Problems, Is.Empty);
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(record.Verdicts.Select(verdict => (verdict.Objective, verdict.Met)), Is.EqualTo(new[] { ("mine holds", false), ("recovered within 10s", true) }));
        Assert.That(record.Verdicts[0].Actual, Does.StartWith("could not be judged: ").And.Match(way == CheckerHostility.Blocks ? "did not answer within 500ms" : "hostile|mine|no message|Untellable"));
        Assert.That(recorder.Received, Is.EqualTo(new[] { record }));
        AssertUnharmed(record);
        await AssertNothingIsLeftAsync(way == CheckerHostility.Blocks ? Hostility.Blocks : Hostility.Throws, hasToken: false);
    }

    [TestCase(false, TestName = "Who cannot say why he halts halts all the same")]
    [TestCase(true, TestName = "Who does not say why he halts halts all the same")]
    public async Task Who_halts_is_asked_why_and_not_waited_for(bool blocks)
    {
        using var halt = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var options = _shop.Options with { WhyCancelled = () => blocks ? _shop.DoAsync(Hostility.Blocks, "").AsTask().GetAwaiter().GetResult() : throw new InvalidOperationException("hostile") };

        var record = await new ExperimentRunner(options).RunAsync(_shop.Experiment.ObserveAtLeast("30s").Deadline("60s"), halt.Token);

        Assert.That((record.Outcome, record.Reason), Is.EqualTo((Outcome.Halted, "the caller cancelled the run")));
        await AssertNothingIsLeftAsync(blocks ? Hostility.Blocks : Hostility.Throws, hasToken: false);
    }

    [Test]
    public async Task A_signal_without_a_name_costs_no_record()
    {
        var recorder = new HostileRecorder(_shop, null);
        var source = new NamelessSource();

        var runs = await _shop.RunAsync(_shop.Experiment.On(_shop.System with { Signals = [source] }), Hostility.Throws, _shop.Options with { Recorders = [recorder] });

        Assert.That(runs.Problems, Is.Empty);
        Assert.That(runs.Records.Single().Timeline.Select(entry => entry.Source), Has.Member("a signal source without a name"));
        Assert.That(recorder.Received, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_lease_that_cannot_be_taken_is_refused_before_anything_is_injected([Values] Hostility hostility)
    {
        var lease = new HostileLease(_shop) { Taking = hostility };

        var record = await RunAsync(lease, hostility);

        Assert.That((record.Outcome, record.Injection), Is.EqualTo((Outcome.Inconclusive, (TimeWindow?)null)));
        Assert.That(record.Reason, Is.EqualTo("'shop': take the lease " + (hostility == Hostility.Throws ? "failed: hostile" : "did not answer within 500ms")));
        await AssertNothingIsLeftAsync(hostility);
        Assert.That(() => lease.Held, Is.Zero.After(Patience, 10), "what is taken too late is given back");
    }

    [Test]
    public async Task A_lease_that_cannot_say_whether_it_is_held_halts([Values] Hostility hostility)
    {
        var lease = new HostileLease(_shop) { Watching = hostility };

        var record = await RunAsync(lease, hostility, _shop.Experiment.ObserveAtLeast("30s").Deadline("60s"));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(record.Reason, Is.EqualTo("the lease on the system was lost: 'lease': watch " + (hostility == Hostility.Throws ? "failed: hostile" : "did not answer within 500ms")));
        await AssertNothingIsLeftAsync(hostility, hasToken: false);
        Assert.That(lease.Held, Is.Zero);
    }

    [Test]
    public async Task A_lease_that_is_not_given_back_changes_nothing_and_keeps_nobody_of_this_process_waiting([Values] Hostility hostility)
    {
        var lease = new HostileLease(_shop) { GivingBack = hostility };

        var record = await RunAsync(lease, hostility);
        var next = await _shop.RunAsync(_shop.Experiment, hostility);

        Assert.That((record.Outcome, next.Outcome), Is.EqualTo((Outcome.Passed, Outcome.Passed)), record.Reason + next.Reason);
        AssertUnharmed(record);
        await AssertNothingIsLeftAsync(hostility, hasToken: false);
    }

    [Test]
    public async Task A_permit_that_does_not_answer_refuses_before_anything_is_injected([Values] Hostility hostility)
    {
        var options = _shop.Options with { Limits = new CallLimits { Permit = Short } };
        options = options with { Safety = options.Safety with { Permits = [new HostilePermit(_shop, hostility)] } };

        var record = (await _shop.RunAsync(_shop.Experiment, hostility, options)).Records.Single();

        Assert.That((record.Outcome, record.Injection), Is.EqualTo((Outcome.Inconclusive, (TimeWindow?)null)));
        Assert.That(record.Reason, Is.EqualTo($"'HostilePermit': say whether a run may begin now {(hostility == Hostility.Throws ? "failed: hostile" : "did not answer within 500ms")}; what nobody permits is refused"));
        await AssertNothingIsLeftAsync(hostility);
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

    // Short for who waits, and long for what is well-behaved on a busy machine.
    private static TimeSpan Short => TimeSpan.FromMilliseconds(500);

    private async Task<RunRecord> RunAsync(HostileLease lease, Hostility hostility, ExperimentBuilder? experiment = null)
    {
        var options = _shop.Options with { Leases = [lease], Limits = new CallLimits { Lease = Short, LeaseReturn = Short } };
        return (await _shop.RunAsync(experiment ?? _shop.Experiment, hostility, options)).Records.Single();
    }

    private SystemUnderTest With(string kind, HostileSource source) =>
        kind == "log" ? _shop.System with { Logs = [source] } : _shop.System with { Signals = [source] };

    private async Task AssertNothingIsLeftAsync(Hostility hostility, string[]? leftovers = null, bool hasToken = true)
    {
        leftovers ??= [];
        if (hostility == Hostility.Throws || (hostility == Hostility.Never && hasToken))
        {
            Assert.That(() => _shop.AtWork, Is.Zero.After(Patience, 10), "what listens to its token is not at work any more");
        }

        AssertPutBack();
        // Nor does it break anything when it goes on now.
        await _shop.ReleaseAsync();
        Assert.That(_shop.AtWork, Is.Zero);
        AssertPutBack();

        void AssertPutBack()
        {
            Assert.That(_shop.IsDown, Is.False);
            Assert.That(_shop.Leftovers.Select(fault => fault.Fault), Is.EqualTo(leftovers));
            // The watchdog is of this process, and outlives its runs.
            Assert.That(Directory.EnumerateFiles(_shop.Folder).Count(file => Path.GetExtension(file) != ".watchdog"), Is.EqualTo(leftovers.Length), "files of the run");
        }
    }

    private static void AssertAllBad(RunRecord record, string source)
    {
        var observations = record.Observations.Single(series => series.Source == source).Observations;
        Assert.That(observations, Is.Not.Empty);
        Assert.That(observations.Select(observation => observation.IsGood), Is.All.False);
    }

    private static void AssertUnharmed(RunRecord record)
    {
        var orders = record.Observations.Single(series => series.Source == "orders");
        Assert.That(orders.Observations.Where(observation => !observation.IsGood).Select(observation => observation.Detail).Distinct(), Is.EqualTo(new[] { "down" }));
        Assert.That(record.Find(FigureNames.RecoveryTime, "orders")!.Figure.Upper, Is.LessThan(2));
    }

    private sealed class NamelessSource : ISignalSource, IDisposable
    {
        public IDisposable Subscribe(Action<Signal> onSignal)
        {
            onSignal(new Signal(TimeProvider.System.GetTimestamp(), null!, SignalKind.Detected, null!));
            return this;
        }

        public void Dispose()
        {
        }
    }
}
