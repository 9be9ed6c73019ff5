using System.Diagnostics;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.Safety.Watchdogs;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>A run whose process dies, and nobody starts it again: however it dies, what it broke is undone.</summary>
[Platform("Linux")]
public sealed class WatchdogTests : KilledHostFixture
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);
    [Test]
    public async Task A_killed_run_is_undone_though_nobody_starts_it_again()
    {
        using var host = new KilledHost("freeze-watched", Folder, Text(Target));
        IsFrozen();
        var watchdog = WatchdogState.Find(Folder).Single();
        Assert.That(watchdog.Owner, Is.EqualTo(host.Id));

        host.Kill();

        await IsUndoneAsync();
        await IsGoneAsync(watchdog);
        var record = (await RecordsAsync()).Single();
        Assert.That(record.Reason, Does.Match("^the process ended during (Inject|Observe). Undone since: 'freeze target' at [0-9:]+ UTC by the watchdog$"));
    }

    // What ends a test host that hangs.
    [Test]
    public async Task The_whole_tree_of_processes_may_be_killed()
    {
        using var parent = Process.Start(new ProcessStartInfo("sh", ["-c", "dotnet exec \"$0\" freeze-watched \"$1\" \"$2\"; true", Path.Combine(AppContext.BaseDirectory, "KilledHost.dll"), Folder, Text(Target)]))!;
        IsFrozen();

        parent.Kill(entireProcessTree: true);

        await IsUndoneAsync();
    }

    // Ctrl-C reaches everything in the session of the terminal, and closing the terminal too.
    [TestCase("-INT")]
    [TestCase("-TERM")]
    [TestCase("-HUP")]
    public async Task A_signal_that_ends_everything_else_does_not_end_it(string signal)
    {
        using var host = new KilledHost("freeze-watched", Folder, Text(Target));
        IsFrozen();
        var watchdog = WatchdogState.Find(Folder).Single();
        using (var kill = Process.Start("kill", [signal, Text(watchdog.Id)]))
        {
            await kill.WaitForExitAsync();
        }

        host.Kill();

        await IsUndoneAsync();
    }

    [Test]
    public async Task A_full_disk_keeps_nothing_from_being_undone()
    {
        using var disk = TinyDisk.Mount(Folder);
        using var host = new KilledHost("freeze-watched", Folder, Text(Target));
        IsFrozen();
        disk.Strike();

        host.Kill();

        await IsUndoneAsync();
    }

    [Test]
    public async Task It_outlives_what_is_killed_for_its_memory()
    {
        using var group = MemoryGroup.Create(megabytes: 160);
        using var host = new KilledHost(group.Join, "freeze-and-grow", Folder, Text(Target));

        await host.EndedAsync();

        Assert.That(host.ExitCode, Is.EqualTo(137), "it was killed");
        await IsUndoneAsync();
    }

    [Test]
    public async Task Without_one_what_was_broken_stays_so_until_the_next_start()
    {
        using var host = new KilledHost("freeze", Folder, Text(Target));
        IsFrozen();
        Assert.That(WatchdogState.Find(Folder), Is.Empty);

        host.Kill();
        await host.EndedAsync();

        Assert.That(State(), Is.EqualTo('T'));
    }

    // In this process: what kills a watchdog leaves its owner.
    [Test]
    public async Task One_that_was_killed_is_replaced_for_the_next_run()
    {
        var options = new RunnerOptions { FaultJournalFolder = Folder };
        Assert.That((await new ExperimentRunner(options).RunAsync(Quick())).Timeline.Where(entry => entry.Source == "watchdog"), Is.Empty);
        var first = WatchdogState.Find(Folder).Single();
        using (var killed = Process.GetProcessById(first.Id))
        {
            killed.Kill();
        }

        await IsGoneAsync(first);
        var record = await new ExperimentRunner(options).RunAsync(Quick());

        Assert.That(record.Timeline.Where(entry => entry.Source == "watchdog"), Is.Empty);
        Assert.That(record.Duration, Is.LessThan(TimeSpan.FromSeconds(9)), "nobody waited for the one that is gone");
        Assert.That(WatchdogState.Find(Folder).Single().Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public async Task Two_watchdogs_of_oneFolder_undo_each_fault_once()
    {
        using var other = Process.Start("sleep", "600");
        using var first = new KilledHost("freeze-watched", Folder, Text(Target));
        using var second = new KilledHost("freeze-watched", Folder, Text(other.Id));
        IsFrozen();
        Assert.That(() => StateOf(other), Is.EqualTo('T').After(30_000, 10));
        Assert.That(WatchdogState.Find(Folder), Has.Count.EqualTo(2));

        first.Kill();
        second.Kill();

        await IsUndoneAsync();
        Assert.That(() => StateOf(other), Is.Not.EqualTo('T').After(10_000, 10));
        Assert.That(() => Directory.EnumerateFiles(Folder, "*.watchdog"), Is.Empty.After(10_000, 50));
        var records = await RecordsAsync();
        Assert.That(records.Select(record => record.Reason!.Split("Undone since").Length), Is.EqualTo(new[] { 2, 2 }), "each was told once");
        other.Kill();
    }

    private static ExperimentBuilder Quick() => Experiment.Hypothesis("it is watched")
        .On(new SystemUnderTest("quick") { Environment = "local", Reach = SystemReach.Owned })
        .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("20ms"))
        .SteadyState(new SuccessRate("pulse").AtLeast(0.5))
        .SteadyFor("300ms")
        .Inject(Fault.Delegate("nothing", "quick", _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask));

    private async Task IsUndoneAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (State() == 'T' && Stopwatch.GetElapsedTime(since) < Promised)
        {
            await Task.Delay(10);
        }

        Assert.That(State(), Is.Not.EqualTo('T'), $"undone within {Promised}");
        await TestContext.Out.WriteLineAsync($"undone after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        Assert.That(() => Directory.EnumerateFiles(Folder, "*.faults.jsonl"), Is.Empty.After(10_000, 10));
    }

    private static async Task IsGoneAsync(WatchdogState watchdog)
    {
        var path = $"/proc/{Text(watchdog.Id)}";
        for (var i = 0; i < 200 && Directory.Exists(path); i++)
        {
            await Task.Delay(50);
        }

        Assert.That(Directory.Exists(path), Is.False, "with nothing open it ends by itself");
    }
}
