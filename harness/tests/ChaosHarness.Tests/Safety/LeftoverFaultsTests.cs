using System.Diagnostics;
using ChaosHarness.Calls;
using ChaosHarness.Safety;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Safety;

public sealed class LeftoverFaultsTests
{
    private readonly FakeTimeProvider _time = new();
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("leftovers-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task One_whose_undoing_hangs_keeps_no_other_from_being_undone()
    {
        Leave("run", ("a", "a"), ("hangs", "b"), ("c", "c"));
        var found = await RevertAsync(what => what == "hangs" ? new TaskCompletionSource().Task : Task.CompletedTask);

        Assert.That(found.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { ("c", null), ("hangs", "it did not answer within 30s. Undo hangs by hand."), ("a", (string?)null) }));
        Assert.That(LeftoverFaults.Find(_folder, _time).Select(fault => fault.Fault), Is.EqualTo(new[] { "hangs" }));
    }

    [Test]
    public async Task A_time_out_of_its_own_is_a_failure_and_no_end_of_ours()
    {
        Leave("run", ("a", "a"), ("slow", "b"));
        var found = await RevertAsync(what => what == "slow" ? throw new TaskCanceledException("HttpClient.Timeout elapsed") : Task.CompletedTask);

        Assert.That(found.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { ("slow", "HttpClient.Timeout elapsed. Undo slow by hand."), ("a", (string?)null) }));
    }

    [Test]
    public async Task What_another_process_is_undoing_is_waited_for_and_what_it_leaves_is_undone()
    {
        Leave("run", ("a", "a"), ("b", "b"));
        var undone = new List<string>();
        var other = FaultJournal.TakeOver(Path.Combine(_folder, "run" + FaultJournal.Suffix), _time, out var open)!;
        var reverting = LeftoverFaults.RevertAsync(_folder, [new Undo(what => { undone.Add(what); return Task.CompletedTask; })], _time, CancellationToken.None);
        await _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(5), _time), 50);
        Assert.That(reverting.IsCompleted, Is.False, "the other has it yet");

        other.Reverted(open[0].Id);
        other.Dispose();
        var found = await _time.UntilAsync(reverting, 50);

        Assert.That((undone, found.Select(fault => fault.Problem)), Is.EqualTo((new[] { "b" }, new string?[] { null })));
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task What_another_process_never_undoes_blocks_every_run()
    {
        Leave("run", ("a", "a"));
        using var other = FaultJournal.TakeOver(Path.Combine(_folder, "run" + FaultJournal.Suffix), _time, out _);

        var found = await _time.UntilAsync(LeftoverFaults.RevertAsync(_folder, [], _time, CancellationToken.None), 100);

        Assert.That((found.Single().IsBeingUndone, found.Single().Problem), Is.EqualTo((true, "another process is undoing it, and has not done so yet. Wait for it, and run this again.")));
        Assert.That(found.Single().Blocks("any", ["x"]), Is.True);
    }

    [Test]
    public async Task What_another_process_gives_up_while_this_one_undoes_its_own_is_undone_too()
    {
        Leave("run", ("a", "a"));
        Leave("sun", ("slow", "s"));
        var release = new TaskCompletionSource();
        var undone = new List<string>();
        var other = FaultJournal.TakeOver(Path.Combine(_folder, "run" + FaultJournal.Suffix), _time, out _)!;
        var reverting = LeftoverFaults.RevertAsync(_folder, [new Undo(async what => { if (what == "slow") { await release.Task; } undone.Add(what); })], _time, CancellationToken.None);
        await _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(2), _time), 50);

        other.Dispose();
        release.SetResult();
        var found = await _time.UntilAsync(reverting, 50);

        Assert.That(undone, Is.EqualTo(new[] { "slow", "a" }));
        Assert.That(found.Select(fault => fault.Problem), Is.All.Null);
    }

    [Test]
    public async Task Many_at_once_undo_each_fault_once()
    {
        for (var run = 0; run < 20; run++)
        {
            Leave($"run{run:00}", ("a", "a"), ("b", "b"));
        }

        var undone = 0;
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LeftoverFaults.RevertAsync(_folder, [new Undo(_ => { Interlocked.Increment(ref undone); return Task.CompletedTask; })], TimeProvider.System, CancellationToken.None))));

        Assert.That(undone, Is.EqualTo(40));
        Assert.That(found.SelectMany(faults => faults).Select(fault => fault.Problem), Is.All.Null);
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task Who_is_halted_finishes_undoing_and_waits_for_nobody()
    {
        Leave("run", ("mine", "m"));
        Leave("sun", ("theirs", "t"));
        using var other = FaultJournal.TakeOver(Path.Combine(_folder, "sun" + FaultJournal.Suffix), _time, out _);
        using var halted = new CancellationTokenSource();
        await halted.CancelAsync();
        var undone = new List<string>();

        var found = await LeftoverFaults.RevertAsync(_folder, [new Undo(what => { undone.Add(what); return Task.CompletedTask; })], new CallLimits(), _time, halted.Token, CancellationToken.None);

        Assert.That(undone, Is.EqualTo(new[] { "mine" }));
        Assert.That(found.Select(fault => fault.IsBeingUndone), Is.EqualTo(new[] { false, true }));
    }

    [Test, Platform("Unix")]
    public async Task What_only_looks_like_a_journal_is_not_waited_for()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "run" + FaultJournal.Suffix), "/nowhere");

        Assert.That(await LeftoverFaults.RevertAsync(_folder, [], _time, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task A_run_that_goes_on_is_not_waited_for()
    {
        using var other = FaultJournal.Create(_folder, "run", _time);
        using var goesOn = new FileStream(Path.Combine(_folder, "run" + FaultJournal.RunSuffix), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        Assert.That(await LeftoverFaults.RevertAsync(_folder, [], _time, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task One_that_blocks_its_thread_is_given_up_as_well()
    {
        using var never = new ManualResetEventSlim();
        Leave("run", ("a", "a"), ("blocks", "b"));
        var reverting = LeftoverFaults.RevertAsync(_folder, [new Undo(what => { if (what == "blocks") { never.Wait(CancellationToken.None); } return Task.CompletedTask; })], _time, CancellationToken.None);
        for (var i = 0; i < 100 && !reverting.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        var found = await reverting;
        never.Set();
        Assert.That(found.Count(fault => fault.Problem is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task On_the_same_target_the_newest_is_undone_first()
    {
        Leave("20260101", ("first", "x"), ("second", "x"));
        Leave("20260102", ("third", "x"));
        var order = new List<string>();
        await RevertAsync(what => { lock (order) { order.Add(what); } return Task.CompletedTask; });

        Assert.That(order, Is.EqualTo(new[] { "third", "second", "first" }));
    }

    [Test]
    public async Task Everything_that_was_noted_is_told()
    {
        Leave("run", ("a", "db-a"));
        var found = (await RevertAsync(_ => throw new InvalidOperationException("no"))).Single();

        Assert.That((found.Fault, found.Targets.Single(), found.System, found.At), Is.EqualTo(("a", "db-a", "shop", DateTimeOffset.UnixEpoch)));
        Assert.That(found.Journal, Is.EqualTo(Directory.EnumerateFiles(_folder).Single()));
    }

    [Test]
    public void It_can_be_discarded_and_is_no_more()
    {
        Leave("run", ("a", "a"), ("b", "b"));
        var found = LeftoverFaults.Find(_folder, _time);
        Assert.That(found.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { ("b", "Undo b by hand."), ("a", "Undo a by hand.") }));

        Assert.That(LeftoverFaults.Discard(_folder, "nonsense", _time), Is.Null);
        Assert.That(LeftoverFaults.Discard(_folder, found[0].Id, _time)!.Fault, Is.EqualTo("b"));
        Assert.That(LeftoverFaults.Find(_folder, _time).Single().Fault, Is.EqualTo("a"));
        Assert.That(LeftoverFaults.Discard(_folder, found[0].Id, _time), Is.Null);
        Assert.That(LeftoverFaults.Discard(_folder, found[1].Id, _time), Is.Not.Null);
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [TestCase("shop", "x", true)]
    [TestCase("shop", "y", false)]
    [TestCase("other", "x", false)]
    public void It_blocks_what_touches_the_same_targets_of_the_same_system(string system, string target, bool blocks)
    {
        var leftover = new LeftoverFault("1", "a", "path", "it sticks") { System = "shop", Targets = ["x", "z"] };

        Assert.That(leftover.Blocks(system, ["w", target]), Is.EqualTo(blocks));
        Assert.That((leftover with { Problem = null }).Blocks(system, [target]), Is.False, "it is undone");
    }

    [Test]
    public void What_nobody_noted_blocks_all_that_it_could_be()
    {
        var leftover = new LeftoverFault("1", "a", "path", "it sticks");

        Assert.That(leftover.Blocks("any", ["thing"]), Is.True);
        Assert.That((leftover with { System = "shop" }).Blocks("shop", ["thing"]), Is.True);
        Assert.That((leftover with { System = "shop" }).Blocks("other", ["thing"]), Is.False);
        Assert.That((leftover with { Targets = ["x"] }).Blocks("any", ["thing"]), Is.False);
        Assert.That((leftover with { Targets = ["x"] }).Blocks("any", ["x"]), Is.True);
    }

    [Test]
    public async Task What_an_older_version_noted_is_read()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "old" + FaultJournal.Suffix), """{"event":"Planned","id":"1","at":"2020-01-01T00:00:00+00:00","fault":"a","recipe":{"kind":"nobody's","parameters":{},"instructions":"By hand."}}""" + "\n");
        var found = (await RevertAsync(_ => Task.CompletedTask)).Single();

        Assert.That((found.Fault, found.Problem, found.System, found.Targets.Count), Is.EqualTo(("a", "By hand.", (string?)null, 0)));
    }

    [Test]
    public async Task A_command_that_does_not_end_is_ended_and_told_with_what_it_wrote()
    {
        var watch = Stopwatch.StartNew();

        Assert.That(() => RunCommand.RunAsync("sh", ["-c", "echo out; echo err >&2; sleep 60"], TimeSpan.FromMilliseconds(500), CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("was ended after 500ms. It wrote: ").And.Message.Contains("out").And.Message.Contains("err"));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
        await RunCommand.RunAsync("true", [], TimeSpan.FromSeconds(30), CancellationToken.None);
    }

    [Test]
    public void A_command_that_fails_is_told_with_the_end_of_what_it_wrote() =>
        Assert.That(
            () => RunCommand.RunAsync("sh", ["-c", "for i in $(seq 1000); do echo line $i; done; exit 7"], TimeSpan.FromSeconds(30), CancellationToken.None),
            Throws.InvalidOperationException.With.Message.Contains("ended with exit code 7. It wrote:").And.Message.EndsWith("line 1000").And.Message.Length.LessThan(800));

    [Test]
    public async Task A_command_that_leaves_a_service_behind_is_not_waited_for_by_that()
    {
        var watch = Stopwatch.StartNew();
        await RunCommand.RunAsync("sh", ["-c", "sleep 20 & exit 0"], TimeSpan.FromSeconds(15), CancellationToken.None);

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public void A_command_that_is_cancelled_is_ended()
    {
        using var cancel = new CancellationTokenSource(300);

        Assert.That(() => RunCommand.RunAsync("sleep", ["60"], TimeSpan.FromSeconds(59), cancel.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private void Leave(string run, params (string Fault, string Target)[] faults)
    {
        using var journal = FaultJournal.Create(_folder, run, _time);
        foreach (var (fault, target) in faults)
        {
            journal.Planned(new FaultJournalLine(FaultJournalEvent.Planned, $"{run}-{fault}", DateTimeOffset.UnixEpoch)
            {
                Fault = fault,
                Targets = [target],
                System = "shop",
                Recipe = new RevertRecipe("test.undo", new Dictionary<string, string> { ["what"] = fault }, $"Undo {fault} by hand."),
            });
        }
    }

    private Task<IReadOnlyList<LeftoverFault>> RevertAsync(Func<string, Task> undo) =>
        _time.UntilAsync(LeftoverFaults.RevertAsync(_folder, [new Undo(undo)], _time, CancellationToken.None), 50);

    private sealed class Undo(Func<string, Task> undo) : IRecipeReverter
    {
        public string Kind => "test.undo";

        public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => new(undo(recipe.Parameters["what"]));
    }
}
