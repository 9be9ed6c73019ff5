using System.Diagnostics;
using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Faults;

/// <summary>Faults on real processes.</summary>
[Platform("Linux")]
public sealed class ProcessFaultTests
{
    private string _folder = null!;
    private Process _process = null!;

    [SetUp]
    public void Start()
    {
        _folder = Directory.CreateTempSubdirectory("process-").FullName;
        // A parent with two children that count, each in a file of its own.
        _process = Process.Start(new ProcessStartInfo("sh", ["-c", "for n in 1 2; do (while :; do echo x >> $0/$n; sleep 0.01; done) & done; wait", _folder]))!;
        Assert.That(() => Directory.EnumerateFiles(_folder).Count(), Is.EqualTo(2).After(5000, 10));
    }

    [TearDown]
    public async Task EndAsync()
    {
        if (ProcessIdentity.Find(_process.Id) is { } identity)
        {
            await ProcessSignals.KillTreeAsync(identity, CancellationToken.None);
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_crash_ends_the_process_and_its_children_and_the_revert_restarts_it()
    {
        var marker = Path.Combine(_folder, "restarted");
        var children = ProcStat.Tree(_process.Id).Select(stat => new ProcessIdentity(stat.Id, stat.Started)).ToList();
        Assert.That(children, Has.Count.GreaterThanOrEqualTo(3));

        await InjectAndRevertAsync(Component(marker).Crash(), () => Assert.That(children.Select(child => child.IsRunning), Is.All.False));

        Assert.That(File.Exists(marker), Is.True);
    }

    [Test]
    public async Task A_frozen_process_stands_still_with_its_children_and_goes_on_after_the_revert()
    {
        await InjectAndRevertAsync(Component("never").Freeze(), () =>
        {
            var before = Written();
            Assert.That(Written, Is.EqualTo(before).After(300));
            Assert.That(ProcStat.Read(_process.Id)!.Value.State, Is.EqualTo('T'));
        });

        var after = Written();
        Assert.That(Written, Is.GreaterThan(after).After(5000, 10));
        Assert.That(File.Exists(Path.Combine(_folder, "never")), Is.False, "it was never gone, so nothing restarted it");
    }

    [Test]
    public async Task A_stop_lets_the_process_end_by_itself_and_leaves_no_child_behind()
    {
        var children = ProcStat.Tree(_process.Id).Select(stat => new ProcessIdentity(stat.Id, stat.Started)).ToList();
        await InjectAndRevertAsync(Component(Path.Combine(_folder, "restarted")).Stop(), () => Assert.That(ProcessIdentity.Find(_process.Id), Is.Null));
        await _process.WaitForExitAsync();
        Assert.That(_process.ExitCode, Is.EqualTo(128 + 15));
        Assert.That(children.Select(child => child.IsRunning), Is.All.False);
    }

    [Test]
    public async Task One_that_does_not_listen_is_killed_after_its_grace()
    {
        using var deaf = Process.Start(new ProcessStartInfo("sh", ["-c", "trap '' TERM; while :; do sleep 0.01; done"]))!;
        var identity = ProcessIdentity.Find(deaf.Id)!.Value;

        await new ProcessTree(identity).TerminateAsync(TimeSpan.FromMilliseconds(300), TimeProvider.System, CancellationToken.None);

        Assert.That(identity.IsRunning, Is.False);
    }

    [Test]
    public void What_does_not_run_cannot_be_made_to_fail()
    {
        var component = new ExternalProcess(new Component("none", ComponentKind.Service), () => null, "true", []);

        Assert.That(() => InjectAndRevertAsync(component.Crash(), () => { }), Throws.TypeOf<CallException>().With.Message.Contains("none does not run"));
        Assert.That(() => InjectAndRevertAsync(component.Freeze(), () => { }), Throws.TypeOf<CallException>());
    }

    [Test]
    public void A_process_is_told_from_a_later_one_with_its_number()
    {
        var identity = ProcessIdentity.Find(_process.Id)!.Value;

        Assert.That(identity.IsRunning, Is.True);
        Assert.That((identity with { Started = identity.Started - 1 }).IsRunning, Is.False);
        Assert.That(ProcessIdentity.Parse(identity.ToString()), Is.EqualTo(identity));
        Assert.That(() => ProcessIdentity.Parse("4711"), Throws.TypeOf<FormatException>());
        Assert.That(ProcessIdentity.Find(int.MaxValue), Is.Null);
    }

    [Test]
    public void A_name_with_brackets_and_blanks_is_read_around()
    {
        var fields = string.Join(' ', Enumerable.Range(4, 30));

        Assert.That(ProcStat.Parse(7, $"7 (a) b) c) S 3 {fields}")!.Value.Parent, Is.EqualTo(3));
        Assert.That(ProcStat.Parse(7, "7 (short) S 3"), Is.Null);
    }

    [Test]
    public async Task A_signal_never_reaches_another_process_that_took_over_the_number()
    {
        var stranger = ProcessIdentity.Find(_process.Id)!.Value with { Started = 1 };
        await new ResumeProcess().RevertAsync(ResumeProcess.Recipe(stranger, [stranger], "x"), CancellationToken.None);
        await ProcessSignals.KillTreeAsync(stranger, CancellationToken.None);

        Assert.That(ProcessIdentity.Find(_process.Id), Is.Not.Null);
    }

    [Test]
    public void A_pid_file_names_the_process()
    {
        var file = Path.Combine(_folder, "pid");
        var component = ExternalProcess.WithPidFile(new Component("x", ComponentKind.Service), file, "true");

        Assert.That(component.FindId(), Is.Null);
        File.WriteAllText(file, _process.Id + "\nmore\n");
        Assert.That(component.FindId(), Is.EqualTo(_process.Id));
    }

    [Test]
    public void A_restart_that_fails_says_how()
    {
        var component = new ExternalProcess(new Component("x", ComponentKind.Service), () => null, "sh", ["-c", "exit 3"]);

        Assert.That(() => component.RestoreAsync(CancellationToken.None).AsTask(), Throws.InvalidOperationException.With.Message.Contains("exit code 3"));
        Assert.That(component.RestartRecipe.Instructions, Is.EqualTo("Run: sh -c exit 3"));
    }

    [Test]
    public async Task A_restart_can_be_done_from_its_recipe_alone()
    {
        var marker = Path.Combine(_folder, "restarted");

        await new RestartProcess().RevertAsync(Component(marker).RestartRecipe, CancellationToken.None);

        Assert.That(File.Exists(marker), Is.True);
    }

    private ExternalProcess Component(string marker) => new(new Component("counter", ComponentKind.Service), () => _process.Id, "touch", [marker]);

    private long Written() => Directory.EnumerateFiles(_folder).Sum(file => new FileInfo(file).Length);

    private static async Task InjectAndRevertAsync(Fault fault, Action look)
    {
        await using var place = new InjectionPlace(TimeProvider.System);
        await place.InjectAsync(fault);
        look();
        Assert.That(await place.RevertAllAsync(), Is.Empty);
    }
}
