using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Safety;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>What a run leaves behind when its process ends before the run does.</summary>
[Platform("Linux")]
public sealed class KilledRunTests
{
    private string _folder = null!;
    private Process _target = null!;

    [SetUp]
    public void Start()
    {
        _folder = Directory.CreateTempSubdirectory("killed-").FullName;
        _target = Process.Start("sleep", "600");
    }

    [TearDown]
    public void End()
    {
        _target.Kill();
        _target.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task After_a_kill_the_next_start_reverts_from_the_fault_journal()
    {
        using var host = new KilledHost("freeze", _folder, Text(_target.Id));
        Assert.That(State, Is.EqualTo('T').After(30_000, 10));
        host.Kill();
        await host.EndedAsync();
        Assert.That(State(), Is.EqualTo('T'), "nobody was left to thaw it");

        var found = await LeftoverFaults.RevertAsync(_folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);

        Assert.That(found.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { ("freeze target", (string?)null) }));
        Assert.That(State, Is.EqualTo('S').After(5_000, 10));
        Assert.That(Directory.EnumerateFiles(_folder, "*.faults.jsonl"), Is.Empty);
    }

    [Test]
    public async Task A_killed_run_leaves_a_record_that_says_how_far_it_came()
    {
        using var host = new KilledHost("freeze", _folder, Text(_target.Id));
        Assert.That(State, Is.EqualTo('T').After(30_000, 10));
        host.Kill();
        await host.EndedAsync();
        var record = await RecordedAsync();

        Assert.That((record.Outcome, record.Interrupted, record.Name), Is.EqualTo((Outcome.Broken, true, "the target is thawed however this process ends")));
        Assert.That(record.Reason, Does.Match("^the process ended during (Inject|Observe)$"));
        Assert.That(Directory.EnumerateFiles(_folder, "*.open"), Is.Empty);
        await LeftoverFaults.RevertAsync(_folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);
    }

    [Test]
    public async Task A_run_that_was_being_halted_when_it_was_killed_is_recorded_as_halted()
    {
        using var host = new KilledHost("stick", _folder);
        Assert.That(await host.ReadLineAsync(), Is.EqualTo("stuck"));
        using (var kill = Process.Start("kill", ["-INT", Text(host.Id)]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.That(Noted, Does.Contain("Halted: ").After(30_000, 10));
        host.Kill();
        await host.EndedAsync();
        var record = await RecordedAsync();

        Assert.That((record.Outcome, record.Interrupted), Is.EqualTo((Outcome.Halted, true)));
        Assert.That(record.Reason, Does.Match("^the process received SIGINT; then the process ended during (Inject|Observe|Revert)$"));
    }

    [TestCase("TERM", 143)]
    [TestCase("INT", 130)]
    [TestCase("HUP", 129)]
    public async Task A_signal_halts_reverts_and_then_ends_the_process(string signal, int exitCode)
    {
        using var host = new KilledHost("freeze", _folder, Text(_target.Id));
        Assert.That(State, Is.EqualTo('T').After(30_000, 10));

        using (var kill = Process.Start("kill", ["-" + signal, Text(host.Id)]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.That(await host.ReadLineAsync(), Is.EqualTo("Halted"));
        Assert.That(State(), Is.EqualTo('S'), "it was thawed before the run ended");
        await host.EndedAsync();
        Assert.That(host.ExitCode, Is.EqualTo(exitCode));
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task A_process_that_exits_of_itself_reverts_first()
    {
        using var host = new KilledHost("freeze-and-exit", _folder, Text(_target.Id));

        await host.EndedAsync();

        Assert.That(host.ExitCode, Is.EqualTo(7));
        Assert.That(State(), Is.EqualTo('S'));
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty, "it was reverted, and recorded");
    }

    [Test]
    public async Task A_living_run_is_not_reverted_by_another()
    {
        using var host = new KilledHost("freeze", _folder, Text(_target.Id));
        Assert.That(State, Is.EqualTo('T').After(30_000, 10));

        Assert.That(await LeftoverFaults.RevertAsync(_folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None), Is.Empty);
        Assert.That(State(), Is.EqualTo('T'));

        host.Kill();
        await host.EndedAsync();
        await LeftoverFaults.RevertAsync(_folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);
        Assert.That(ProcessIdentity.Find(_target.Id), Is.Not.Null);
    }

    private async Task<RunRecord> RecordedAsync()
    {
        var recorder = new Recorder();
        using var scope = RunScope.Open(new RunnerOptions { FaultJournalFolder = _folder, Recorders = [recorder] }, [], CancellationToken.None);
        await scope.SealAsync(ScopeEnd.Well);
        return recorder.Records.Single();
    }

    // What the run has noted by now. It holds the file, which keeps .NET from reading it, and nobody else.
    private string Noted()
    {
        using var cat = Process.Start(new ProcessStartInfo("cat", [Directory.EnumerateFiles(_folder, "*.open").Single()]) { RedirectStandardOutput = true })!;
        return cat.StandardOutput.ReadToEnd();
    }

    private char State()
    {
        var stat = File.ReadAllText($"/proc/{Text(_target.Id)}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Recorder : IExperimentRecorder
    {
        public List<RunRecord> Records { get; } = [];

        public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
        {
            Records.Add(result);
            return ValueTask.CompletedTask;
        }
    }
}
