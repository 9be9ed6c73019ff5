using System.Diagnostics;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Safety;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>What a run leaves behind when its process ends before the run does.</summary>
[Platform("Linux")]
public sealed class KilledRunTests : KilledHostFixture
{
    [Test]
    public async Task After_a_kill_the_next_start_reverts_from_the_fault_journal()
    {
        using var host = new KilledHost("freeze", Folder, Text(Target));
        IsFrozen();
        host.Kill();
        await host.EndedAsync();
        Assert.That(State(), Is.EqualTo('T'), "nobody was left to thaw it");

        var found = await LeftoverFaults.RevertAsync(Folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);

        Assert.That(found.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { ("freeze target", (string?)null) }));
        Assert.That(State, Is.EqualTo('S').After(5_000, 10));
        Assert.That(Directory.EnumerateFiles(Folder, "*.faults.jsonl"), Is.Empty);
    }

    [Test]
    public async Task A_killed_run_leaves_a_record_that_says_how_far_it_came()
    {
        using var host = new KilledHost("freeze", Folder, Text(Target));
        IsFrozen();
        host.Kill();
        await host.EndedAsync();
        var record = (await RecordsAsync()).Single();

        Assert.That((record.Outcome, record.Interrupted, record.Name), Is.EqualTo((Outcome.Broken, true, "the target is thawed however this process ends")));
        Assert.That(record.Reason, Does.Match("^the process ended during (Inject|Observe)$"));
        Assert.That(Directory.EnumerateFiles(Folder, "*.open"), Is.Empty);
        await LeftoverFaults.RevertAsync(Folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);
    }

    [Test]
    public async Task A_run_that_was_being_halted_when_it_was_killed_is_recorded_as_halted()
    {
        using var host = new KilledHost("stick", Folder);
        Assert.That(await host.ReadLineAsync(), Is.EqualTo("stuck"));
        using (var kill = Process.Start("kill", ["-INT", Text(host.Id)]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.That(Noted, Does.Contain("Halted: ").After(30_000, 10));
        host.Kill();
        await host.EndedAsync();
        var record = (await RecordsAsync()).Single();

        Assert.That((record.Outcome, record.Interrupted), Is.EqualTo((Outcome.Halted, true)));
        Assert.That(record.Reason, Does.Match("^the process received SIGINT; then the process ended during (Inject|Observe|Revert)$"));
    }

    [TestCase("TERM", 143)]
    [TestCase("INT", 130)]
    [TestCase("HUP", 129)]
    public async Task A_signal_halts_reverts_and_then_ends_the_process(string signal, int exitCode)
    {
        using var host = new KilledHost("freeze", Folder, Text(Target));
        IsFrozen();

        using (var kill = Process.Start("kill", ["-" + signal, Text(host.Id)]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.That(await host.ReadLineAsync(), Is.EqualTo("Halted"));
        Assert.That(State(), Is.EqualTo('S'), "it was thawed before the run ended");
        await host.EndedAsync();
        Assert.That(host.ExitCode, Is.EqualTo(exitCode));
        Assert.That(Directory.EnumerateFiles(Folder), Is.Empty);
    }

    [Test]
    public async Task A_process_that_exits_of_itself_reverts_first()
    {
        using var host = new KilledHost("freeze-and-exit", Folder, Text(Target));

        await host.EndedAsync();

        Assert.That(host.ExitCode, Is.EqualTo(7));
        Assert.That(State(), Is.EqualTo('S'));
        Assert.That(Directory.EnumerateFiles(Folder), Is.Empty, "it was reverted, and recorded");
    }

    [Test]
    public async Task A_living_run_is_not_reverted_by_another()
    {
        using var host = new KilledHost("freeze", Folder, Text(Target));
        IsFrozen();

        Assert.That(await LeftoverFaults.RevertAsync(Folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None), Is.Empty);
        Assert.That(State(), Is.EqualTo('T'));

        host.Kill();
        await host.EndedAsync();
        await LeftoverFaults.RevertAsync(Folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);
        Assert.That(ProcessIdentity.Find(Target), Is.Not.Null);
    }

    // What the run has noted by now. It holds the file, which keeps .NET from reading it, and nobody else.
    private string Noted()
    {
        using var cat = Process.Start(new ProcessStartInfo("cat", [Directory.EnumerateFiles(Folder, "*.open").Single()]) { RedirectStandardOutput = true })!;
        return cat.StandardOutput.ReadToEnd();
    }
}
