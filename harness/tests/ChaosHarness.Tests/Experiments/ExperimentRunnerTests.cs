using ChaosHarness.Expectations;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Experiments;

public sealed class ExperimentRunnerTests
{
    private const double Tick = 2e-7;
    private FakeSystem _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new FakeSystem();

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task A_system_that_heals_in_time_passes_and_its_time_is_inside_the_bounds()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(1);

        var result = await _shop.RunAsync(_shop.Experiment.Objectives(Objectives.Parse("2s", "0 writes", "10%")));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        var recovery = Recovery(result);
        // What happens in the moment of a look is a tick later, so that the look is a prefix.
        Assert.That((recovery.Lower <= 1 + Tick, recovery.Upper >= 1), Is.EqualTo((true, true)), recovery.ToString());
        Assert.That(recovery.Upper - recovery.Lower, Is.LessThan(0.06));
        Assert.That(Value(result, FigureNames.LostWrites), Is.Zero);
        Assert.That(Value(result, FigureNames.AcknowledgedWrites), Is.GreaterThan(50));
        Assert.That(result.Verdicts.Select(verdict => verdict.Met), Is.All.True);
        Assert.That(result.Phases.Select(phase => (phase.Name, phase.Status)), Is.EqualTo(Enum.GetValues<PhaseName>().Select(name => (name, PhaseStatus.Passed))));
        Assert.That(_shop.Calls, Is.EqualTo(new[] { "inject", "revert" }));
        Assert.That(_shop.Recorded.Single(), Is.SameAs(result));
        Assert.That(Directory.EnumerateFiles(_shop.JournalFolder), Is.Empty);
    }

    [Test]
    public async Task A_system_too_slow_for_its_objective_fails()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(3);

        var result = await _shop.RunAsync(_shop.Experiment.Objectives(Objectives.Parse("2s", null, null)));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(result.Reason, Does.StartWith("recovered within 2s missed"));
        Assert.That(result.Find(FigureNames.RecoveryTime, "orders"), Has.Property(nameof(RecordedFigure.Objective)).EqualTo(2).And.Property(nameof(RecordedFigure.Met)).False);
    }

    [Test]
    public async Task A_system_that_never_heals_has_an_unbounded_time_and_not_the_deadline()
    {
        var result = await _shop.RunAsync(_shop.Experiment.Expect(Recovered.Within("5s")));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(Recovery(result).Upper, Is.Null);
        Assert.That(Recovery(result).Lower, Is.GreaterThan(4.9));
        Assert.That(result.Reason, Does.Contain("(seen: 'switch it off' was in force to the end (a system that heals only without it needs .For(...)); "));
        Assert.That(result.SteadyStateAfter!.Holds, Is.True, "the revert brought it back");
    }

    [Test]
    public async Task A_fault_that_ended_in_time_is_no_reason_for_never_having_recovered()
    {
        _shop.RevertHeals = false;

        var result = await _shop.RunAsync(_shop.Experiment.Inject(new AskedFault().For("1s")).Expect(Recovered.Within("5s")));

        Assert.That(Recovery(result).Upper, Is.Null);
        Assert.That(result.Verdicts.SelectMany(verdict => verdict.Seen), Has.None.Contains("ask first").And.Some.StartsWith("'switch it off' was in force to the end").And.Some.Contains("down"));
    }

    [TestCase("7", "staging", true)]
    [TestCase("7", "local", false)]
    [TestCase(null, "staging", false)]
    public async Task A_pipeline_that_breaks_what_is_elsewhere_is_told_that_its_fault_journal_goes_with_the_agent(string? build, string environment, bool isTold)
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(1);
        var options = _shop.Options with { Origin = new() { Build = build }, UsersFolder = _shop.JournalFolder, Safety = new SafetyPolicy { AllowedEnvironments = [environment], HaltFiles = [] } };

        var result = await _shop.RunAsync(_shop.Experiment.On(new SystemUnderTest("agents") { Environment = environment, Reach = SystemReach.Owned, Instance = _shop.JournalFolder }), options);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(result.Phases.Single(phase => phase.Name == PhaseName.Guard).Detail, isTold ? Does.Contain("Chaos.FaultJournalFolder") : Is.Null);
    }

    [Test]
    public async Task A_steady_state_that_does_not_come_back_fails()
    {
        _shop.RevertHeals = false;

        var result = await _shop.RunAsync(_shop.Experiment);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(result.Reason, Does.StartWith("the steady state did not come back within 2s: orders: success rate at least 100%, but was 0%"));
        Assert.That(result.Phases.Single(phase => phase.Name == PhaseName.Verify).Status, Is.EqualTo(PhaseStatus.Failed));
    }

    [Test]
    public async Task Lost_writes_are_found_although_every_answer_was_good()
    {
        _shop.HealsAfter = TimeSpan.Zero;
        var liar = Fault.Delegate("forget writes", "shop", _ => Set(true), _ => Set(false));

        var result = await _shop.RunAsync(_shop.Experiment.Inject(liar).ObserveAtLeast("1s").Objectives(Objectives.Parse("1s", "0 writes", null)));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(Value(result, FigureNames.LostWrites), Is.InRange(95, 130));
        Assert.That(result.LostWrites, Has.Count.EqualTo((int)Value(result, FigureNames.LostWrites)!));
        Assert.That(result.Reason, Does.Contain("lost at most 0 writes missed"));

        ValueTask Set(bool value)
        {
            _shop.IsLosing = value;
            return ValueTask.CompletedTask;
        }
    }

    [Test]
    public async Task Writes_held_twice_are_found()
    {
        _shop.HealsAfter = TimeSpan.Zero;
        _shop.IsDoubling = true;

        var result = await _shop.RunAsync(_shop.Experiment);

        Assert.That(Value(result, FigureNames.DuplicatedWrites), Is.EqualTo(Value(result, FigureNames.AcknowledgedWrites)).And.GreaterThan(50));
    }

    [Test]
    public async Task A_system_that_is_unwell_to_begin_with_is_left_alone()
    {
        _shop.IsDown = true;

        var result = await _shop.RunAsync(_shop.Experiment);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Does.Contain("before anything was injected").And.Contain("0% (0 of").And.Match(@"\([0-9]+ of [0-9]+: down\)"));
        Assert.That(_shop.Calls, Is.Empty);
        Assert.That(result.Phases.Where(phase => phase.Status == PhaseStatus.Skipped).Select(phase => phase.Name), Is.EqualTo(new[] { PhaseName.Inject, PhaseName.Observe, PhaseName.Revert, PhaseName.Verify }));
        Assert.That(result.Verdicts, Is.Empty);
        Assert.That(result.Revert, Is.Null);
    }

    [Test]
    public async Task A_refused_experiment_is_not_started()
    {
        var result = await _shop.RunAsync(_shop.Experiment.On(new SystemUnderTest("shop") { Environment = "staging" }));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Does.Contain("staging"));
        Assert.That(result.Observations, Is.Empty);
        Assert.That(_shop.Recorded, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_stop_condition_halts_and_reverts()
    {
        var result = await _shop.RunAsync(_shop.Experiment.Deadline("60s").StopWhen(StopCondition.AvailabilityBelow("orders", 0.5, "1s")));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(result.Reason, Does.Match("^availability of orders was .* over the last 1s$"));
        Assert.That(_shop.Calls, Is.EqualTo(new[] { "inject", "revert" }));
        Assert.That(result.Duration, Is.LessThan(TimeSpan.FromSeconds(3)));
        Assert.That(result.Verdicts, Is.Empty, "a halted run is not judged");
    }

    [Test]
    public async Task A_stop_condition_that_does_not_hold_halts_nothing()
    {
        _shop.HealsAfter = TimeSpan.FromMilliseconds(300);

        var result = await _shop.RunAsync(_shop.Experiment
            .ObserveAtLeast("3s")
            .StopWhen(StopCondition.AvailabilityBelow("orders", 0.5, "2s"), StopCondition.When(_ => ValueTask.FromResult<string?>(null))));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
    }

    [Test]
    public async Task A_stop_condition_that_cannot_see_halts()
    {
        var result = await _shop.RunAsync(_shop.Experiment.StopWhen(StopCondition.When(_ => throw new InvalidOperationException("blind"))));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(result.Reason, Does.Contain("blind"));
        Assert.That(_shop.IsDown, Is.False);
    }

    [Test]
    public async Task The_halt_file_halts_a_run_under_way()
    {
        var file = Path.Combine(_shop.JournalFolder, "HALT");
        var create = Fault.Delegate("pull the lever", "shop", _ => Write(file), _ => ValueTask.CompletedTask);

        var result = await _shop.RunAsync(_shop.Experiment.Inject(create), _shop.Options with { Safety = new SafetyPolicy { HaltFiles = [file] } });

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(result.Reason, Does.Contain(file));

        static ValueTask Write(string path)
        {
            File.WriteAllText(path, "");
            return ValueTask.CompletedTask;
        }
    }

    [Test]
    public async Task A_halt_stands_in_the_record_where_the_lever_was_pulled_and_not_where_all_was_undone()
    {
        using var halt = new CancellationTokenSource();
        using var timer = _shop.Time.CreateTimer(_ => halt.Cancel(), null, TimeSpan.FromSeconds(2.5), Timeout.InfiniteTimeSpan);
        var slow = Fault.Delegate("stubborn", "shop", _ => ValueTask.CompletedTask, async end => await Task.Delay(TimeSpan.FromSeconds(3), _shop.Time, end));
        var running = new ExperimentRunner(_shop.Options).RunAsync(_shop.Experiment.Inject(slow).Deadline("60s"), halt.Token);

        var result = await _shop.Time.UntilAsync(running, 5);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted), result.Reason);
        var told = result.Timeline.ToList();
        var halted = told.FindIndex(entry => entry.Kind == TimelineKind.Halt);
        Assert.That(halted, Is.GreaterThanOrEqualTo(0).And.LessThan(told.FindIndex(entry => entry.Kind == TimelineKind.Revert)));
        Assert.That(told[halted].At, Is.LessThan(result.Revert!.Value.End - TimeSpan.FromSeconds(2)));
    }

    [TestCase(0.1, false, TestName = "An order to halt ends a run before anything is broken")]
    [TestCase(2.5, true, TestName = "An order to halt ends a run whose system has to be steady again")]
    public async Task An_order_to_halt_ends_a_run_in_every_step(double after, bool isBroken)
    {
        _shop.HealsAfter = TimeSpan.FromMilliseconds(500);
        var file = Path.Combine(_shop.JournalFolder, "HALT");
        using var timer = _shop.Time.CreateTimer(_ => HaltOrder.Engage(file, new HaltOrder("ann", "enough")), null, TimeSpan.FromSeconds(after), Timeout.InfiniteTimeSpan);

        var result = await _shop.RunAsync(_shop.Experiment.VerifyAtLeast("5s"), _shop.Options with { Safety = new SafetyPolicy { HaltFiles = [file] } });

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Halted, $"halted by ann: enough ({file})")));
        Assert.That(_shop.Calls, Is.EqualTo(isBroken ? new[] { "inject", "revert" } : []));
    }

    [Test]
    public async Task Nothing_runs_while_an_order_to_halt_is_there()
    {
        var file = Path.Combine(_shop.JournalFolder, "HALT");
        HaltOrder.Engage(file, new HaltOrder("ann", "enough"));

        var result = await _shop.RunAsync(_shop.Experiment, _shop.Options with { Safety = new SafetyPolicy { HaltFiles = [file] } });

        Assert.That((result.Outcome, result.Reason, _shop.Calls.Count), Is.EqualTo((Outcome.Inconclusive, $"halted by ann: enough ({file}); nothing runs while that file is there. To take it back: chaos halt --release, with --machine or --session NAME where the halt had it", 0)));
    }

    [Test]
    public async Task A_caller_that_cancels_halts_and_reverts()
    {
        using var halt = new CancellationTokenSource();
        var cancelling = Fault.Delegate("cancel", "shop", _ => Cancel(), _ => ValueTask.CompletedTask);

        var result = await _shop.RunAsync(_shop.Experiment.Inject(Schedule.At("500ms", cancelling)), halt.Token);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted));
        // Both are injected side by side: the outage may not even have begun.
        Assert.That((_shop.IsDown, _shop.Calls.Count(call => call == "inject")), Is.EqualTo((false, _shop.Calls.Count(call => call == "revert"))));
        Assert.That(result.Timeline.Select(e => e.Kind), Has.Some.EqualTo(TimelineKind.Halt));
        Assert.That(result.Phases.Where(phase => phase.Status == PhaseStatus.Broken).Select(phase => phase.Detail), Is.Not.Empty.And.All.EqualTo("halted: the caller cancelled the run"));

        ValueTask Cancel()
        {
            halt.Cancel();
            return ValueTask.CompletedTask;
        }
    }

    [Test]
    public async Task A_run_cancelled_before_it_begins_breaks_nothing()
    {
        var result = await _shop.RunAsync(_shop.Experiment, new CancellationToken(canceled: true));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(_shop.Calls, Is.Empty);
    }

    [Test]
    public async Task A_fault_that_cannot_be_injected_breaks_the_run_and_reverts_the_others()
    {
        var failing = Fault.Delegate("fail", "shop", _ => throw new InvalidOperationException("no such thing"), _ => ValueTask.CompletedTask);

        var result = await _shop.RunAsync(_shop.Experiment.Inject(failing));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Contain("no such thing").And.EndWith(". Everything that was injected is undone."));
        Assert.That(_shop.Calls, Is.EqualTo(new[] { "inject", "revert" }));
        Assert.That(result.Faults.Select(fault => fault.Reverted), Is.All.Not.Null);
    }

    [Test]
    public async Task A_fault_that_refuses_when_asked_is_not_injected()
    {
        var fault = new AskedFault { Refusal = "the account is not allowed" };
        var result = await _shop.RunAsync(_shop.Experiment.Inject(Schedule.InSequence(fault.For("1s"))));

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "the account is not allowed")));
        Assert.That((fault.Injected, _shop.Calls, result.Injection), Is.EqualTo((0, Array.Empty<string>(), (ChaosHarness.Timing.TimeWindow?)null)));
    }

    [Test]
    public async Task A_fault_that_somebody_else_took_away_breaks_the_run_and_is_reverted()
    {
        var fault = new AskedFault { Presence = Presence.Gone("the server was reset") };
        var result = await _shop.RunAsync(_shop.Experiment.Inject(fault));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Match("^the fault 'ask first' was gone after .*: the server was reset. Everything that was injected is undone.$"));
        Assert.That((fault.Injected, fault.Reverted, _shop.Calls), Is.EqualTo((1, 1, new[] { "inject", "revert" })));
    }

    [Test]
    public async Task A_fault_that_cannot_be_reverted_breaks_the_run_and_stays_in_the_journal()
    {
        _shop.HealsAfter = TimeSpan.FromMilliseconds(100);
        var stuck = Fault.Delegate("glue", "shop", _ => ValueTask.CompletedTask, _ => throw new InvalidOperationException("it sticks"));

        var result = await _shop.RunAsync(_shop.Experiment.Inject(stuck));
        var next = await _shop.RunAsync(_shop.Experiment);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Contain("glue").And.Contain("it sticks").And.Contain("by hand"));
        Assert.That(_shop.Calls, Is.EqualTo(new[] { "inject", "revert" }), "the other fault was reverted all the same");
        Assert.That(Directory.EnumerateFiles(_shop.JournalFolder), Has.Exactly(1).Items);
        Assert.That(next.Outcome, Is.EqualTo(Outcome.Inconclusive), "nothing runs on a system that may still be broken");
        Assert.That(next.Reason, Does.Contain("glue").And.Contain(Directory.EnumerateFiles(_shop.JournalFolder).Single()));
    }

    [Test]
    public async Task A_revert_that_fails_at_first_is_tried_again()
    {
        _shop.HealsAfter = TimeSpan.FromMilliseconds(100);
        var attempts = 0;
        var shy = Fault.Delegate("shy", "shop", _ => ValueTask.CompletedTask, _ => ++attempts < 3 ? throw new InvalidOperationException("not yet") : ValueTask.CompletedTask);

        var result = await _shop.RunAsync(_shop.Experiment.Inject(shy));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(attempts, Is.EqualTo(3));
    }

    [Test]
    public async Task A_revert_that_hangs_is_given_up()
    {
        _shop.HealsAfter = TimeSpan.FromMilliseconds(100);
        var never = new TaskCompletionSource();
        var hanging = Fault.Delegate("hang", "shop", _ => ValueTask.CompletedTask, _ => new ValueTask(never.Task));

        var result = await _shop.RunAsync(_shop.Experiment.Inject(hanging));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Contain("'hang' could not be reverted: it did not answer within 30s"));
    }

    [Test]
    public async Task A_weakness_given_before_is_reverted_and_not_part_of_the_injection()
    {
        _shop.HealsAfter = TimeSpan.FromMilliseconds(500);
        var order = new List<string>();
        var weakness = Fault.Delegate("lag", "replica", _ => Note("lag"), _ => Note("no lag"));

        var result = await _shop.RunAsync(_shop.Experiment.Given(weakness, "1s"));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(order, Is.EqualTo(new[] { "lag", "no lag" }));
        Assert.That(result.Faults[0].Injected.End, Is.LessThanOrEqualTo(result.Injection!.Value.Start - TimeSpan.FromSeconds(1)));
        Assert.That(Recovery(result).Upper, Is.LessThan(0.7));

        ValueTask Note(string what)
        {
            order.Add(what);
            return ValueTask.CompletedTask;
        }
    }

    [Test]
    public async Task Signals_of_the_system_become_detections()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(1);
        ITimer? timer = null;
        var noticed = Fault.Delegate("be noticed", "shop", _ => SayLater(), _ => ValueTask.CompletedTask);

        var result = await _shop.RunAsync(_shop.Experiment.Inject(noticed));

        var detected = result.Find(FigureNames.TimeToDetect, "health check")!.Figure;
        Assert.That((detected.Lower <= 0.3, detected.Upper >= 0.3), Is.EqualTo((true, true)), detected.ToString());
        Assert.That(result.Find(FigureNames.TimeToDetect, "")!.Figure.Upper, Is.EqualTo(detected.Upper));
        Assert.That(timer, Is.Not.Null);

        ValueTask SayLater()
        {
            // A timer speaks at its time to the millisecond, whatever the pool is doing.
            timer = _shop.Time.CreateTimer(_ => _shop.Say(SignalKind.Detected, "health check"), null, TimeSpan.FromMilliseconds(300), Timeout.InfiniteTimeSpan);
            return ValueTask.CompletedTask;
        }
    }

    [Test]
    public async Task A_recorder_that_fails_is_told_and_touches_no_record()
    {
        _shop.HealsAfter = TimeSpan.FromMilliseconds(100);

        var failed = (await Assert.ThrowsAsync<RenderingException>(() => _shop.RunAsync(_shop.Experiment, _shop.Options with { Recorders = [new FullDisk(), .. _shop.Options.Recorders] })))!;

        Assert.That(failed.Message, Does.Contain("No space left"));
        Assert.That(failed.Records.Single().Outcome, Is.EqualTo(Outcome.Passed));
        Assert.That(_shop.Recorded.Single(), Is.SameAs(failed.Records.Single()), "the others are told all the same");
    }

    [Test]
    public async Task Defaults_of_the_runner_fill_what_the_experiment_leaves_open()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(1);
        var options = _shop.Options with { DefaultName = "the test", DefaultObjectives = Objectives.Parse("10ms", null, null) };

        var result = await _shop.RunAsync(_shop.Experiment, options);
        var own = await _shop.RunAsync(_shop.Experiment.Named("mine"), options with { DefaultObjectives = Objectives.Parse("4s", null, null) });

        Assert.That((result.Name, result.Outcome), Is.EqualTo(("the test", Outcome.Failed)));
        Assert.That((own.Name, own.Outcome), Is.EqualTo(("mine", Outcome.Passed)));
    }

    private static Figure Recovery(RunRecord record) => record.Find(FigureNames.RecoveryTime, "orders")!.Figure;

    private static double? Value(RunRecord record, string figure) => record.Find(figure, "orders")?.Figure.Upper;

    private sealed class FullDisk : IExperimentRecorder
    {
        public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken) => throw new IOException("No space left on device");
    }
}
