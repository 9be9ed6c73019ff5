using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Schedules;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Faults;

namespace ChaosHarness.Tests.Schedules;

public sealed class ScheduleRunTests
{
    private static readonly SignalMatch Promotion = new(SignalKind.Promoted);
    private InjectionPlace _place = null!;
    private ScheduleRun? _run;

    [SetUp]
    public void Begin() => _place = new InjectionPlace();

    [TearDown]
    public async Task EndAsync()
    {
        _run?.Dispose();
        await _place.DisposeAsync();
    }

    [Test]
    public async Task A_fault_strikes_at_once_and_stays()
    {
        await RunAsync(_place.Break("a"));

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a" }));
        Assert.That(_run!.AllStruck.IsCompleted, Is.True);
        Assert.That(_place.Windows.Single().Planned, Is.EqualTo(Window(0, 600)));
    }

    [Test]
    public async Task At_a_time_it_strikes_then_and_not_before()
    {
        var running = Start(Schedule.At("2s", _place.Break("a")));
        await _place.PassAsync(1.8);
        Assert.That((_place.Calls.Count, _run!.AllStruck.IsCompleted), Is.EqualTo((0, false)));
        await _place.Fake.UntilAsync(running, 25);

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a" }));
        Assert.That(Single("break a").Planned.Start, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(Single("break a").Injected!.Value.Start.TotalSeconds, Is.InRange(2, 2.5));
    }

    [Test]
    public async Task For_a_time_it_stays_and_is_undone_then()
    {
        var running = Start(_place.Break("a").For("2s"));
        await _place.PassAsync(1.8);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a" }));
        Assert.That((_run!.AllStruck.IsCompleted, _run.Settled.IsCompleted, running.IsCompleted), Is.EqualTo((true, true, false)));
        await _place.Fake.UntilAsync(running, 25);

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a" }));
        Assert.That(Single("break a").Planned, Is.EqualTo(Window(0, 2)));
        Assert.That(Single("break a").Reverted!.Value.Start.TotalSeconds, Is.InRange(2, 2.8));
    }

    [Test]
    public async Task In_a_sequence_what_has_a_duration_has_ended_before_the_next_begins()
    {
        await RunAsync(Schedule.InSequence(_place.Break("a").For("1s"), _place.Break("b"), _place.Break("c").For("1s"), _place.Break("d")));

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a", "+b", "+c", "-c", "+d" }));
        Assert.That(_place.Windows.Select(window => window.Strike), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(_place.Windows.Select(window => window.Planned.Start), Is.Ordered.And.Unique);
    }

    // Only of what strikes together is it known beforehand when it is over.
    [Test]
    public async Task A_duration_of_several_is_planned_for_each_when_all_strike_at_once()
    {
        await RunAsync(Schedule.InSequence(
            Schedule.InParallel(_place.Break("a"), ((Schedule)_place.Break("b")).Named("break b")).For("2s"),
            Schedule.InParallel(_place.Break("c"), Schedule.At("1s", _place.Break("d"))).For("2s")));

        Assert.That(new[] { "break a", "break b" }.Select(name => Single(name).Planned), Is.All.EqualTo(Window(0, 2)));
        Assert.That(new[] { "break c", "break d" }.Select(name => (Single(name).Planned.End - Single(name).Planned.Start).TotalSeconds), Is.All.EqualTo(600));
    }

    [Test]
    public async Task In_parallel_all_strike_at_once_and_are_one_strike()
    {
        await RunAsync(Schedule.InParallel(_place.Break("a"), Schedule.At("1s", _place.Break("b")), _place.Break("c").For("2s"), Schedule.At("1s", _place.Break("d"))));

        Assert.That(_place.Windows.ToDictionary(window => window.Name, window => window.Strike), Is.EquivalentTo(new Dictionary<string, int> { ["break a"] = 0, ["break c"] = 0, ["break b"] = 1, ["break d"] = 1 }));
        Assert.That(_place.Calls[^1], Is.EqualTo("-c"));
    }

    [Test]
    public async Task For_undoes_all_that_a_composite_left_in_force_newest_first_on_a_shared_target()
    {
        await RunAsync(Schedule.InSequence(_place.Break("a", "shared"), _place.Break("gone").For("1s"), _place.Break("b", "shared")).For("2s"));

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "+gone", "-gone", "+b", "-b", "-a" }));
    }

    [Test]
    public async Task Several_times_it_comes_and_goes_each_time_with_a_window_of_its_own()
    {
        await RunAsync(_place.Break("a").For("1s").Times(3, "2s"));

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a", "+a", "-a", "+a", "-a" }));
        Assert.That(_place.Windows.Select(window => (window.Name, window.Strike)), Is.EqualTo(new[] { ("break a", 0), ("break a (2)", 1), ("break a (3)", 2) }));
        Assert.That(_place.Windows[2].Injected!.Value.Start.TotalSeconds, Is.InRange(6, 8));
        Assert.That(_run!.AllStruck.IsCompleted, Is.True);
    }

    [Test]
    public async Task A_ramp_has_a_named_window_for_each_step()
    {
        await RunAsync(Schedule.Ramp("latency", ["10ms", "50ms"], "2s", step => _place.Break(step)));

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+10ms", "-10ms", "+50ms", "-50ms" }));
        Assert.That(_place.Windows.Select(window => window.Name), Is.EqualTo(new[] { "latency 10ms", "latency 50ms" }));
    }

    [Test]
    public async Task A_name_stands_for_one_fault_and_in_front_of_several()
    {
        await RunAsync(Schedule.InSequence(_place.Break("a").For("1s").Named("one"), Schedule.InParallel(_place.Break("b"), _place.Break("c")).Named("many")).Named("all"));

        Assert.That(_place.Windows.Select(window => window.Name), Is.EquivalentTo(new[] { "all: one", "all: many: break b", "all: many: break c" }));
    }

    [Test]
    public async Task An_action_is_done_in_its_turn_and_marked()
    {
        await RunAsync(Schedule.InSequence(_place.Break("a"), Schedule.Do("deploy", _ => _place.Note("deployed")), _place.Break("b")));

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "deployed", "+b" }));
        Assert.That(_place.History.Look().Marks.Where(mark => mark.Kind == MarkKind.Action).Select(mark => (mark.Source, mark.Detail)), Is.EqualTo(new[] { ("deploy", "begins"), ("deploy", "done") }));
    }

    [Test]
    public void An_action_that_fails_breaks_the_schedule_with_its_name()
    {
        Assert.That(() => RunAsync(Schedule.Do("deploy", _ => throw new InvalidOperationException("no disk"))), Throws.TypeOf<CallException>().With.Message.EqualTo("'deploy': action failed: no disk"));
        Assert.That(_place.History.Look().Marks.Where(mark => mark.Kind == MarkKind.Action).Select(mark => mark.Detail), Is.EqualTo(new[] { "begins", "'deploy': action failed: no disk" }));
    }

    [Test]
    public async Task A_schedule_of_actions_alone_settles_when_they_are_done()
    {
        await RunAsync(Schedule.Do("deploy", _ => ValueTask.CompletedTask));

        Assert.That((_run!.Settled.IsCompleted, _run.AllStruck.IsCompleted), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task What_is_halted_before_it_begins_does_nothing()
    {
        _run = new ScheduleRun(Schedule.Do("deploy", _ => _place.Note("deployed")), _place.Clock, _place.History, _place.Injection, new CallLimits());

        Assert.That(() => _run.RunAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        await _place.PassAsync(1);
        Assert.That((_place.Calls.Count, _place.History.Look().Marks.Count(mark => mark.Kind == MarkKind.Action)), Is.EqualTo((0, 0)));
    }

    [Test]
    public void An_action_that_never_returns_is_given_up() =>
        Assert.That(() => RunAsync(Schedule.Do("deploy", _ => new ValueTask(new TaskCompletionSource().Task), "3s")), Throws.TypeOf<CallException>().With.Message.EqualTo("'deploy': action did not answer within 3s"));

    [Test]
    public async Task After_a_signal_the_component_that_it_names_is_struck()
    {
        var running = Start(Schedule.InParallel(
            _place.Break("primary"),
            Schedule.After(Promotion, [new Node("n1"), new Node("n2")], node => _place.Break(node.Name), "1s")));
        await _place.PassAsync(0.5);
        Say(SignalKind.Detected, "n1");
        Say(SignalKind.Promoted, "somebody else");
        await _place.PassAsync(2);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+primary" }), "another kind, and another component");
        Say(SignalKind.Promoted, "n2");
        await _place.PassAsync(0.8);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+primary" }), "the delay");
        await _place.Fake.UntilAsync(running, 25);

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+primary", "+n2" }));
        Assert.That(Single("break n2").Planned.Start.TotalSeconds, Is.InRange(3.4, 3.8));
        Assert.That(Single("break n2").Strike, Is.EqualTo(1));
        Assert.That((_run!.AllStruck.IsCompleted, _run.Stop()), Is.EqualTo((true, Array.Empty<string>())));
    }

    [Test]
    public async Task A_signal_from_before_does_not_count_and_one_at_the_very_beginning_does()
    {
        Say(SignalKind.Promoted, "n1");
        await _place.PassAsync(1);
        _run = new ScheduleRun(Schedule.After(Promotion, [new Node("n1")], node => _place.Break(node.Name)), _place.Clock, _place.History, _place.Injection, new CallLimits());
        Say(SignalKind.Promoted, "n1");
        await _place.PassAsync(1);
        var running = _run.RunAsync(CancellationToken.None);
        await _place.PassAsync(1);
        Assert.That(running.IsCompleted, Is.False);
        Say(SignalKind.Promoted, "n1");
        await _place.Fake.UntilAsync(running, 25);

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+n1" }));
    }

    [Test]
    public async Task After_any_source_where_no_component_is_asked_for()
    {
        var running = Start(Schedule.After(new SignalMatch(SignalKind.Detected, Detail: "down"), _place.Break("a").For("1s")));
        Say(SignalKind.Detected, "check", "up");
        await _place.PassAsync(1);
        Assert.That(_place.Calls, Is.Empty);
        Say(SignalKind.Detected, "check", "it is down");
        await _place.Fake.UntilAsync(running, 25);

        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a" }));
    }

    [Test]
    public async Task The_target_is_looked_at_again_when_its_time_has_come()
    {
        var node = _place.Break("n1");
        var looks = 0;
        node.Look = () => { looks++; return ValueTask.FromResult(Preflight.NotReady("n1 does not run")); };
        var running = Start(Schedule.After(Promotion, [new Node("n1")], _ => node));
        await _place.PassAsync(0.5);
        Assert.That(looks, Is.Zero);
        Say(SignalKind.Promoted, "n1");

        Assert.That(() => _place.Fake.UntilAsync(running, 25), Throws.TypeOf<StrikeFailedException>().With.Message.EqualTo("'break n1' could not strike when its time had come: n1 does not run"));
        Assert.That((_place.Calls.Count, looks), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task What_never_struck_is_known_with_the_signal_that_did_not_come()
    {
        var running = Start(Schedule.InSequence(
            _place.Break("a"),
            Schedule.After(Promotion, [new Node("n1"), new Node("n2")], node => _place.Break(node.Name)),
            Schedule.At("5s", _place.Break("late"))));
        await _place.PassAsync(2);
        Assert.That(_run!.AllStruck.IsCompleted, Is.False);
        var missed = _run.Stop();
        await running;

        Assert.That(missed, Is.EqualTo(new[]
        {
            "'break n1 or break n2 after signal Promoted of n1, n2' never struck: no signal Promoted of n1, n2 came",
            "'break late' never struck: observing ended before its time came",
        }));
        Assert.That(_place.Windows.Select(window => (window.Name, window.Injected is null, window.Targets.Count)), Is.EqualTo(new[] { ("break a", false, 1), ("break n1 or break n2 after signal Promoted of n1, n2", true, 2), ("break late", true, 1) }));
        Assert.That(_place.Windows[1].Planned.End.TotalSeconds, Is.InRange(2, 2.5));
        await _place.PassAsync(10);
        Say(SignalKind.Promoted, "n1");
        await _place.PassAsync(1);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a" }), "nothing strikes any more");
    }

    [Test]
    public async Task It_is_settled_once_what_is_left_waits_for_a_signal()
    {
        var running = Start(Schedule.InParallel(
            Schedule.InSequence(_place.Break("a").For("1s"), Schedule.After(Promotion, (Schedule)_place.Break("b"), "2s"), _place.Break("c")),
            Schedule.InParallel(Schedule.At("3s", _place.Break("d")), _place.Break("e"))));
        await _place.PassAsync(2.5);
        Assert.That((_run!.IsSettled, _run.Settled.IsCompleted), Is.EqualTo((false, false)), "d strikes by itself, later");
        await _place.PassAsync(1);
        Assert.That((_run.IsSettled, _run.Settled.IsCompleted, _run.AllStruck.IsCompleted), Is.EqualTo((true, true, false)));
        Say(SignalKind.Promoted, "n1");
        await _place.PassAsync(1);
        Assert.That(_run.IsSettled, Is.False, "b strikes by itself now");
        await _place.Fake.UntilAsync(running, 25);
        Assert.That((_run.IsSettled, _run.AllStruck.IsCompleted), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task One_that_only_waits_for_signals_is_settled_whenever_it_waits()
    {
        var running = Start(Schedule.InSequence(
            Schedule.After(Promotion, Schedule.InSequence(_place.Break("a").For("1s"), _place.Break("b"))),
            Schedule.After(new SignalMatch(SignalKind.Detected), (Schedule)_place.Break("c"))));
        await _place.PassAsync(0.5);
        Assert.That((_run!.IsSettled, _run.Settled.IsCompleted), Is.EqualTo((true, true)));
        Say(SignalKind.Promoted, "n1");
        await _place.PassAsync(0.5);
        Assert.That((_run.IsSettled, _run.AllStruck.IsCompleted), Is.EqualTo((false, false)), "b strikes by itself, after a");
        await _place.PassAsync(2);
        Assert.That((_run.IsSettled, _place.Calls.Count), Is.EqualTo((true, 3)), "the second signal is waited for");
        Say(SignalKind.Detected, "n1");
        await _place.Fake.UntilAsync(running, 25);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a", "+b", "+c" }));
    }

    // A signal counts from the very moment in which the schedule begins, and one from before does not.
    [TestCase(1, "no signal Promoted came")]
    [TestCase(0, "observing ended before its time came")]
    public async Task What_was_waited_for_in_vain_is_known_from_what_came(double earlier, string why)
    {
        _run = new ScheduleRun(Schedule.After(Promotion, (Schedule)_place.Break("a"), "60s"), _place.Clock, _place.History, _place.Injection, new CallLimits());
        Say(SignalKind.Promoted, "n1");
        if (earlier > 0)
        {
            await _place.PassAsync(earlier);
        }

        var running = _run.RunAsync(CancellationToken.None);
        await _place.PassAsync(1);
        var missed = _run.Stop();
        await running;

        Assert.That(missed.Single(), Does.EndWith(why));
    }

    [Test]
    public async Task One_that_was_halted_is_not_over_for_having_been_stopped_as_well()
    {
        using var halt = new CancellationTokenSource();
        _run = new ScheduleRun(Schedule.At("60s", _place.Break("a")), _place.Clock, _place.History, _place.Injection, new CallLimits());
        var running = _run.RunAsync(halt.Token);
        await _place.PassAsync(1);
        await halt.CancelAsync();
        _run.Stop();

        Assert.That(() => running.WaitAsync(TimeSpan.FromSeconds(60)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task What_struck_less_often_than_it_was_to_is_known()
    {
        var running = Start(_place.Break("a").For("1s").Times(5, "1s"));
        await _place.PassAsync(3);
        var missed = _run!.Stop();
        await running;

        Assert.That(missed, Is.EqualTo(new[] { "'break a' struck 2 of 5 times: observing ended before its time came" }));
    }

    [Test]
    public async Task A_strike_that_fails_breaks_the_schedule_and_what_waits_waits_no_longer()
    {
        var bad = _place.Break("bad");
        bad.Apply = _ => throw new InvalidOperationException("no");
        var running = Start(Schedule.InParallel(_place.Break("a"), Schedule.At("60s", _place.Break("late")), Schedule.After(Promotion, (Schedule)_place.Break("x")), bad));

        Assert.That(() => running.WaitAsync(TimeSpan.FromSeconds(60)), Throws.TypeOf<CallException>().With.Message.EqualTo("'break bad': apply failed: no"));
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a" }));
        Assert.That(_run!.Stop(), Has.Count.EqualTo(3));
        Assert.That(_place.Windows.Select(window => window.Name), Has.Exactly(1).EqualTo("break bad"), "it was tried, and is known already");
        await _place.RevertAllAsync();
        Assert.That(_place.Calls, Is.EquivalentTo(new[] { "+a", "-a", "-bad" }));
    }

    [Test]
    public void A_strike_alone_that_fails_breaks_the_schedule()
    {
        var bad = _place.Break("bad");
        bad.Apply = _ => throw new InvalidOperationException("no");

        Assert.That(() => RunAsync(bad), Throws.TypeOf<CallException>().With.Message.EqualTo("'break bad': apply failed: no"));
    }

    // Nobody waits for a minute in a run that is broken.
    [TestCase("an action")]
    [TestCase("an end")]
    [TestCase("a look")]
    public void Whatever_fails_ends_what_waits_beside_it(string what)
    {
        var bad = _place.Break("bad");
        bad.Revert = _ => throw new InvalidOperationException("it sticks");
        bad.Look = () => ValueTask.FromResult(Preflight.NotReady("it does not run"));
        var failing = what switch
        {
            "an action" => Schedule.Do("deploy", _ => throw new InvalidOperationException("no disk")),
            "an end" => bad.For("10ms"),
            _ => Schedule.After(Promotion, (Schedule)bad),
        };
        var running = Start(Schedule.InParallel(Schedule.At("60s", _place.Break("late")), failing));
        Say(SignalKind.Promoted, "n1");

        Assert.That(() => _place.Fake.UntilAsync(running, 25), Throws.InstanceOf<Exception>().And.Not.InstanceOf<OperationCanceledException>().And.Not.InstanceOf<TimeoutException>());
        Assert.That(_place.Calls, Has.No.Member("+late"));
    }

    [Test]
    public void A_fault_that_cannot_be_undone_in_time_breaks_the_schedule()
    {
        var bad = _place.Break("bad");
        bad.Revert = _ => throw new InvalidOperationException("it sticks");

        Assert.That(() => RunAsync(Schedule.InSequence(bad.For("1s"), _place.Break("next"))), Throws.TypeOf<StrikeFailedException>().With.Message.Contains("it sticks"));
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+bad" }));
    }

    [Test]
    public async Task A_halt_ends_it_and_nothing_strikes_afterwards()
    {
        _run = new ScheduleRun(Schedule.InSequence(_place.Break("a"), Schedule.At("2s", _place.Break("b"))), _place.Clock, _place.History, _place.Injection, new CallLimits());
        var running = _run.RunAsync(_place.Lever.Token);
        await _place.PassAsync(1);
        _place.Lever.Halt("enough");

        Assert.That(() => running, Throws.InstanceOf<OperationCanceledException>());
        await _place.PassAsync(5);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a" }));
    }

    private static ChaosHarness.Timing.TimeWindow Window(double start, double end) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end));

    private FaultWindow Single(string name) => _place.Windows.Single(window => window.Name == name);

    private void Say(SignalKind kind, string source, string detail = "said") => _place.History.Add(new SignalEvent(source, kind, detail, _place.Clock.Now, _place.Clock.Now));

    private Task Start(Schedule schedule)
    {
        _run = new ScheduleRun(schedule, _place.Clock, _place.History, _place.Injection, new CallLimits());
        return _run.RunAsync(CancellationToken.None);
    }

    private Task RunAsync(Schedule schedule) => _place.Fake.UntilAsync(Start(schedule), 25);

    private sealed record Node(string Name) : IComponent
    {
        public Component Component => new(Name, ComponentKind.Database);
    }
}
