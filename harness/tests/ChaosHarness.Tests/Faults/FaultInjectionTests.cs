using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Faults;

public sealed class FaultInjectionTests
{
    private InjectionPlace _place = null!;

    [SetUp]
    public void Begin() => _place = new InjectionPlace();

    [TearDown]
    public async Task EndAsync() => await _place.DisposeAsync();

    [Test]
    public async Task A_fault_is_journalled_with_its_target_and_system_before_it_takes_effect()
    {
        var written = "";
        var fault = _place.Break("a");
        fault.Apply = _ => { written = Copied(_place.Journal.Path); return ValueTask.CompletedTask; };

        await _place.InjectAsync(fault);

        Assert.That(written, Does.Contain("\"fault\":\"break a\"").And.Contain("\"targets\":[\"a\"]").And.Contain("\"system\":\"shop\"").And.EndsWith("\n"));
    }

    [Test]
    public async Task A_fault_that_cannot_be_journalled_does_not_take_effect()
    {
        FullDisk disk = null!;
        await using var place = new InjectionPlace(journalThrough: inner => disk = new FullDisk(inner));
        disk.IsFull = true;

        Assert.That(() => place.InjectAsync(place.Break("a")), Throws.TypeOf<CallException>().With.Message.Contains("'break a': note in the fault journal failed: No space left"));
        disk.IsFull = false;
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(place.Calls, Is.Empty);
    }

    [Test]
    public async Task What_gets_it_ready_comes_between_the_journal_and_the_strike_and_is_undone_with_it()
    {
        var (written, struck) = ("", -1);
        var fault = _place.Break("a");
        fault.Prepare = _ =>
        {
            (written, struck) = (Copied(_place.Journal.Path), _place.Calls.Count);
            return ValueTask.CompletedTask;
        };

        await _place.InjectAsync(fault);

        Assert.That((written.Contains("\"fault\":\"break a\"", StringComparison.Ordinal), struck), Is.EqualTo((true, 0)));
        Assert.That(await _place.RevertAllAsync(), Is.Empty);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a" }));
    }

    [Test]
    public async Task What_cannot_be_got_ready_does_not_strike_and_what_that_left_is_undone()
    {
        var fault = _place.Break("a");
        fault.Prepare = _ => throw new InvalidOperationException("no room");

        Assert.That(() => _place.InjectAsync(fault), Throws.TypeOf<CallException>().With.Message.Contains("'break a': prepare failed: no room"));
        Assert.That(await _place.RevertAllAsync(), Is.Empty);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "-a" }));
    }

    [Test]
    public async Task On_the_same_target_they_are_reverted_newest_first_and_once()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await _place.InjectAsync(_place.Break(name, "shared"));
        }

        Assert.That(await _place.RevertAllAsync(), Is.Empty);
        Assert.That(await _place.RevertAllAsync(), Is.Empty);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "+b", "+c", "-c", "-b", "-a" }));
        Assert.That(Directory.EnumerateFiles(_place.Folder).Count(), Is.EqualTo(1), "the journal is in use");
    }

    [Test]
    public async Task An_older_one_waits_two_seconds_for_a_newer_one_on_its_target_that_hangs_and_others_not_at_all()
    {
        var hangs = _place.Break("new", "shared");
        hangs.Revert = _ => new ValueTask(new TaskCompletionSource().Task);
        await _place.InjectAsync(_place.Break("old", "shared"));
        await _place.InjectAsync(_place.Break("other"));
        await _place.InjectAsync(hangs);
        var reverting = _place.Injection.RevertAllAsync();
        await FakeTime.SettleAsync();
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+old", "+other", "+new", "-other" }));
        await _place.PassAsync(1.9);
        Assert.That(_place.Calls, Has.None.EqualTo("-old"));
        await _place.PassAsync(0.2);
        Assert.That(_place.Calls, Has.Some.EqualTo("-old"));

        var failures = await _place.Fake.UntilAsync(reverting, 50);
        Assert.That(failures, Is.EqualTo(new[] { "'break new' could not be reverted: it did not answer within 30s. Undo it by hand." }));
        Assert.That(_place.Windows.Select(window => (window.Name, window.End)), Is.EqualTo(new[] { ("break old", FaultEnd.Reverted), ("break other", FaultEnd.Reverted), ("break new", (FaultEnd?)FaultEnd.NotReverted) }));
    }

    [Test]
    public async Task Each_is_reverted_although_another_fails_and_what_failed_is_tried_three_times_and_named()
    {
        var attempts = 0;
        var bad = _place.Break("b");
        bad.Revert = _ => { attempts++; throw new InvalidOperationException("it sticks."); };
        await _place.InjectAsync(_place.Break("a"));
        await _place.InjectAsync(bad);
        await _place.InjectAsync(_place.Break("c"));

        Assert.That(await _place.RevertAllAsync(), Is.EqualTo(new[] { "'break b' could not be reverted: it sticks. Undo it by hand." }));
        Assert.That(attempts, Is.EqualTo(3));
        Assert.That(_place.Calls, Is.SupersetOf(new[] { "-a", "-c" }));
        Assert.That(_place.Notes.Count(note => note.Contains("it sticks", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public async Task A_journal_that_is_full_while_reverting_keeps_no_revert_from_being_made_and_is_told()
    {
        FullDisk disk = null!;
        await using var place = new InjectionPlace(journalThrough: inner => disk = new FullDisk(inner));
        foreach (var name in new[] { "a", "b", "c" })
        {
            await place.InjectAsync(place.Break(name, name == "c" ? "c" : "shared"));
        }

        disk.IsFull = true;
        Assert.That(await place.RevertAllAsync(), Is.Empty);

        Assert.That(place.Calls, Is.SupersetOf(new[] { "-a", "-b", "-c" }));
        Assert.That(place.Notes.Count(note => note.Contains("No space left on device; it is undone", StringComparison.Ordinal)), Is.EqualTo(3));
        Assert.That(place.Windows.Select(window => window.End), Is.All.EqualTo(FaultEnd.Reverted));
    }

    [Test]
    public async Task A_line_that_the_full_disk_cut_off_does_not_swallow_the_next()
    {
        FullDisk disk = null!;
        await using var place = new InjectionPlace(journalThrough: inner => disk = new FullDisk(inner));
        var first = await place.InjectAsync(place.Break("a"));
        disk.IsFull = true;
        await place.Injection.EndAsync(first);
        disk.IsFull = false;
        await place.InjectAsync(place.Break("b"));

        Assert.That(Copied(place.Journal.Path).Split('\n').Count(line => line.StartsWith('{') && line.EndsWith('}') && line.Contains("\"Planned\"", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task One_can_be_ended_alone_and_is_not_ended_again()
    {
        var first = await _place.InjectAsync(_place.Break("a"));
        await _place.InjectAsync(_place.Break("b"));

        Assert.That(await _place.Injection.EndAsync(first), Is.Null);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "+b", "-a" }));
        Assert.That(_place.History.Look().Cut, Is.Null, "observing goes on");
        await _place.RevertAllAsync();
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "+b", "-a", "-b" }));
        Assert.That(_place.History.Look().Cut, Is.Not.Null, "what is seen from here on is what the reverts do");
    }

    [Test]
    public async Task One_that_fails_to_take_effect_is_told_and_reverted_as_it_may_have_done_so_in_part()
    {
        var bad = _place.Break("bad");
        bad.Apply = _ => throw new InvalidOperationException("no");

        Assert.That(() => _place.InjectAsync(bad), Throws.TypeOf<CallException>().With.Message.EqualTo("'break bad': apply failed: no"));
        await _place.RevertAllAsync();
        Assert.That(_place.Calls, Is.EqualTo(new[] { "-bad" }));
    }

    [Test]
    public void One_that_cannot_be_planned_leaves_nothing()
    {
        var bad = _place.Break("bad");
        bad.Plan = _ => throw new InvalidOperationException("no such node");

        Assert.That(() => _place.InjectAsync(bad), Throws.TypeOf<CallException>().With.Message.EqualTo("'break bad': plan failed: no such node"));
        Assert.That((_place.Injection.Faults, _place.Calls), Is.EqualTo((Array.Empty<ActiveFault>(), Array.Empty<string>())));
        Assert.That(Copied(_place.Journal.Path), Is.Empty);
    }

    [Test]
    public async Task Beyond_its_maximum_duration_it_is_reverted_and_the_run_halted()
    {
        await _place.InjectAsync(_place.Break("a").AtMost("3s"));

        await _place.PassAsync(2.9);
        Assert.That(_place.Lever.Reason, Is.Null);
        await _place.PassAsync(0.2);
        Assert.That(_place.Lever.Reason, Is.EqualTo("'break a' reached its maximum duration of 3s"));
        await FakeTime.SettleAsync();
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a" }));
    }

    [Test]
    public async Task One_that_was_ended_before_its_maximum_duration_halts_nothing()
    {
        await _place.Injection.EndAsync(await _place.InjectAsync(_place.Break("a").AtMost("3s")));
        await _place.PassAsync(5);

        Assert.That(_place.Lever.Reason, Is.Null);
    }

    [Test]
    public async Task The_maximum_duration_counts_from_the_plan_also_while_it_never_takes_effect()
    {
        var deaf = _place.Break("a");
        deaf.Apply = _ => new ValueTask(new TaskCompletionSource().Task);
        var injecting = _place.InjectAsync(deaf.AtMost("3s"), _place.Lever.Token);
        await _place.PassAsync(3.2);

        Assert.That(_place.Lever.Reason, Does.Contain("maximum duration of 3s"));
        Assert.That(() => injecting, Throws.TypeOf<CallException>());
        await _place.RevertAllAsync();
        Assert.That(_place.Calls, Is.EqualTo(new[] { "-a" }));
    }

    [Test]
    public async Task An_injection_that_ignores_its_token_is_abandoned_on_a_halt_reverted_and_reverted_again_when_it_takes_effect_after_all()
    {
        var late = new TaskCompletionSource();
        var deaf = _place.Break("a");
        deaf.Kind = "test.kind";
        var began = new TaskCompletionSource();
        deaf.Apply = async _ => { began.SetResult(); await late.Task; await _place.Note("+a"); };
        var injecting = _place.InjectAsync(deaf, _place.Lever.Token);
        await began.Task;

        _place.Lever.Halt("enough");
        Assert.That(await _place.RevertAllAsync(), Is.Empty);
        Assert.That(() => injecting, Throws.TypeOf<CallException>().With.Message.Contains("given up"));
        Assert.That(_place.Calls, Is.EqualTo(new[] { "-a" }));
        Assert.That(_place.Notes, Has.Some.Contains("has not returned"));
        Assert.That(Copied(_place.Journal.Path), Does.Not.Contain("Reverted"), "whoever comes next undoes it, should this process end first");

        late.SetResult();
        Assert.That(() => _place.Calls, Is.EqualTo(new[] { "-a", "+a", "-a" }).After(10000, 10));
        Assert.That(() => Copied(_place.Journal.Path), Does.Contain("Reverted").After(10000, 10));
    }

    [Test]
    public async Task An_injection_that_listens_has_ended_before_its_revert_begins()
    {
        var listens = _place.Break("a");
        var began = new TaskCompletionSource();
        listens.Apply = async token =>
        {
            began.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                await _place.Note("stopped");
            }
        };
        var injecting = _place.InjectAsync(listens, _place.Lever.Token);
        await began.Task;
        _place.Lever.Halt("enough");
        await _place.RevertAllAsync();

        Assert.That(() => injecting, Throws.Exception);
        Assert.That(_place.Calls, Is.EqualTo(new[] { "stopped", "-a" }));
    }

    [Test]
    public async Task Nothing_takes_effect_after_a_halt()
    {
        _place.Lever.Halt("enough");
        Assert.That(() => _place.InjectAsync(_place.Break("a"), _place.Lever.Token), Throws.InstanceOf<OperationCanceledException>().Or.InstanceOf<CallException>());
        Assert.That(() => _place.InjectAsync(_place.Break("b")), Throws.InstanceOf<OperationCanceledException>(), "though its token says nothing");
        await FakeTime.SettleAsync();

        Assert.That(_place.Calls, Is.Empty);
    }

    [Test]
    public void A_cancelled_injection_plans_nothing()
    {
        Assert.That(() => _place.InjectAsync(_place.Break("a"), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_place.Injection.Faults, Is.Empty);
        Assert.That(_place.Calls, Is.Empty);
    }

    [Test]
    public async Task What_is_still_open_can_be_told_at_any_time()
    {
        var stuck = new TaskCompletionSource();
        var hangs = _place.Break("b");
        hangs.Revert = _ => new ValueTask(stuck.Task);
        await _place.InjectAsync(_place.Break("a"));
        await _place.InjectAsync(hangs);
        Assert.That(_place.Lever.StillOpen(), Is.EqualTo(new[] { "'break a'", "'break b'" }));

        var reverting = _place.Injection.RevertAllAsync();
        Assert.That(() => _place.Lever.StillOpen(), Is.EqualTo(new[] { "'break b'" }).After(10000, 10));
        stuck.SetResult();
        await reverting;
        Assert.That(_place.Lever.StillOpen(), Is.Empty);
    }

    [Test]
    public async Task The_history_tells_when_it_was_planned_in_force_and_undone()
    {
        await _place.PassAsync(1);
        var fault = _place.Break("a").Named("the worst");
        var entry = _place.Injection.Declare(fault, TimeSpan.FromSeconds(1), strike: 3, isWeakness: true);
        Assert.That(_place.Windows.Single(), Is.EqualTo(new FaultWindow("the worst", fault.Targets, new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(601)), null, null, null) { Strike = 3, IsWeakness = true }).Using<FaultWindow>((one, other) => one with { Targets = [] } == other with { Targets = [] }));

        await _place.Injection.InjectAsync(fault, entry, CancellationToken.None);
        await _place.PassAsync(2);
        await _place.RevertAllAsync();
        var window = _place.Windows.Single();
        Assert.That((window.Injected!.Value.Start.TotalSeconds, window.Reverted!.Value.Start.TotalSeconds, window.End, window.RevertKind), Is.EqualTo((1.0, 3.0, FaultEnd.Reverted, RevertRecipe.InProcess)).Within(0.3));
    }

    [Test]
    public void The_same_fault_twice_has_two_names()
    {
        var fault = _place.Break("a");

        Assert.That(Enumerable.Range(0, 3).Select(_ => _place.Injection.Declare(fault, default).Name), Is.EqualTo(new[] { "break a", "break a (2)", "break a (3)" }));
    }

    [Test]
    public async Task One_that_somebody_else_took_away_is_told_with_when()
    {
        var presence = Presence.There;
        var fault = _place.Break("a");
        fault.IsThere = _ => ValueTask.FromResult(presence);
        await _place.InjectAsync(fault);
        await _place.PassAsync(1.3);
        Assert.That(_place.Injection.Gone.IsCompleted, Is.False);
        presence = Presence.Gone("the toxic is no more");
        await _place.PassAsync(0.4);

        Assert.That(_place.Injection.Gone.IsCompleted, Is.True);
        Assert.That(await _place.Injection.Gone, Does.Match("^the fault 'break a' was gone after 1[.][345]\\d?s: the toxic is no more$"));
        Assert.That(_place.Windows.Single().End, Is.EqualTo(FaultEnd.Gone));
        await _place.RevertAllAsync();
        Assert.That(_place.Calls, Is.EqualTo(new[] { "+a", "-a" }), "what is left of it is undone");
        Assert.That(_place.Windows.Single().End, Is.EqualTo(FaultEnd.Gone));
    }

    [Test]
    public async Task One_that_the_system_ended_itself_is_told_and_breaks_nothing()
    {
        var fault = _place.Break("a");
        fault.IsThere = _ => ValueTask.FromResult(Presence.Superseded("it was fenced"));
        await _place.InjectAsync(fault);
        await _place.PassAsync(1);

        Assert.That(_place.Injection.Gone.IsCompleted, Is.False);
        Assert.That(_place.Windows.Single().End, Is.EqualTo(FaultEnd.Superseded));
        Assert.That(_place.Notes, Has.Some.Contains("ended by the system itself").And.Some.Contains("it was fenced"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task One_that_cannot_be_looked_at_is_not_gone(bool throws)
    {
        var looks = 0;
        var fault = _place.Break("a");
        fault.IsThere = _ => { looks++; return throws ? throw new InvalidOperationException("cannot look") : ValueTask.FromResult(Presence.Unknown); };
        await _place.InjectAsync(fault);
        await _place.PassAsync(1.2);

        Assert.That((looks, _place.Injection.Gone.IsCompleted, _place.Windows.Single().End), Is.EqualTo((4, false, (FaultEnd?)null)));
    }

    [Test]
    public async Task Nobody_looks_for_it_once_it_is_being_undone()
    {
        var looks = 0;
        var stuck = new TaskCompletionSource();
        var fault = _place.Break("a");
        fault.IsThere = _ => { looks++; return ValueTask.FromResult(looks > 2 ? Presence.Gone("by us") : Presence.There); };
        fault.Revert = _ => new ValueTask(stuck.Task);
        await _place.InjectAsync(fault);
        await _place.PassAsync(0.6);
        var reverting = _place.Injection.RevertAllAsync();
        await _place.PassAsync(3);
        stuck.SetResult();
        await reverting;

        Assert.That((looks, _place.Injection.Gone.IsCompleted, _place.Windows.Single().End), Is.EqualTo((2, false, FaultEnd.Reverted)));
    }

    [Test]
    public void Faults_have_a_name_and_a_maximum_duration_of_their_own()
    {
        var fault = _place.Break("a");
        var other = fault.Named("x").AtMost("30m");

        Assert.That((fault.Name, fault.MaximumDuration), Is.EqualTo(("break a", TimeSpan.FromMinutes(10))));
        Assert.That((other.Name, other.Description, other.MaximumDuration, other.ToString()), Is.EqualTo(("x", "break a", TimeSpan.FromMinutes(30), "x")));
        Assert.That(other.Mistakes, Is.Empty);
    }

    [TestCase("soon")]
    [TestCase("0s")]
    [TestCase("1000h")]
    public void A_maximum_duration_that_is_none_is_a_mistake(string text) =>
        Assert.That(_place.Break("a").AtMost(text).Mistakes.Single(), Does.StartWith($"AtMost of 'break a': '{text}' is not a duration"));

    // The file is open for writing by this process; a copy is what another process sees of it.
    private static string Copied(string path)
    {
        var copy = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        using var cat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("cp", [path, copy]))!;
        cat.WaitForExit();
        var text = File.ReadAllText(copy);
        File.Delete(copy);
        return text;
    }
}
