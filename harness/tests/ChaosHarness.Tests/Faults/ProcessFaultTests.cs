using System.Diagnostics;
using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Safety;
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
        Assert.That(component.RestartRecipe.Instructions, Is.EqualTo("Run: sh -c 'exit 3'"));
    }

    [Test]
    public async Task A_restart_can_be_done_from_its_recipe_alone()
    {
        var marker = Path.Combine(_folder, "restarted");

        await new RestartProcess().RevertAsync(Component(marker).RestartRecipe, CancellationToken.None);

        Assert.That(File.Exists(marker), Is.True);
    }

    [Test]
    public async Task A_frozen_process_that_is_killed_as_by_fencing_is_superseded_and_its_orphans_are_thawed()
    {
        var fault = (ProcessFreeze)Component("never").Freeze();
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        await fault.ApplyAsync(recipe, CancellationToken.None);
        var children = ResumeProcess.Members(recipe).Where(child => child.Id != _process.Id && child.IsRunning).ToList();
        Assert.That(children, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(await fault.IsThereAsync(recipe, CancellationToken.None), Is.EqualTo(Presence.There));

        _process.Kill();
        await _process.WaitForExitAsync();
        Assert.That((await fault.IsThereAsync(recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.Superseded));
        Assert.That(children.Select(child => child.IsStopped), Is.All.True, "killing the root leaves its children frozen");

        await new ResumeProcess().RevertAsync(recipe, CancellationToken.None);
        Assert.That(() => children.Select(child => child.IsStopped), Has.None.True.After(5000, 10), "from the recipe alone; one that has ended since is not frozen");
        foreach (var child in children)
        {
            await ProcessSignals.KillTreeAsync(child, CancellationToken.None);
        }
    }

    [Test]
    public async Task A_frozen_process_that_somebody_thaws_or_replaces_is_gone()
    {
        using var other = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        var id = _process.Id;
        var fault = (ProcessFreeze)new ExternalProcess(new Component("counter", ComponentKind.Service), () => id, "true", []).Freeze();
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        await fault.ApplyAsync(recipe, CancellationToken.None);
        ProcessTree.Resume([ProcessIdentity.Find(_process.Id)!.Value]);
        Assert.That(async () => (await fault.IsThereAsync(recipe, CancellationToken.None)).ToString(), Does.Contain("were thawed").After(5000, 10));

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        id = other.Id;
        var presence = await fault.IsThereAsync(recipe, CancellationToken.None);
        other.Kill();

        Assert.That((presence.Kind, presence.Detail), Is.EqualTo((PresenceKind.Gone, "counter was replaced by a process that is not frozen")));
    }

    [Test]
    public async Task The_recipe_of_a_freeze_holds_every_member_of_the_tree()
    {
        var members = ProcStat.Tree(_process.Id).Select(stat => new ProcessIdentity(stat.Id, stat.Started)).ToList();
        var recipe = await Component("never").Freeze().PlanRevertAsync(CancellationToken.None);

        Assert.That(ResumeProcess.Members(recipe), Is.SupersetOf(members.Where(member => member.IsRunning && ProcStat.Read(member.Id)?.Parent == _process.Id).Append(members[0])));
        Assert.That(recipe.Instructions, Does.StartWith($"Let counter run again: kill -CONT {_process.Id} "));
    }

    [Test]
    public void A_recipe_of_an_older_version_names_the_root_alone()
    {
        var root = ProcessIdentity.Find(_process.Id)!.Value;

        Assert.That(ResumeProcess.Members(new RevertRecipe(ResumeProcess.RecipeKind, new Dictionary<string, string> { ["root"] = root.ToString() }, "")), Is.EqualTo(new[] { root }));
    }

    [Test]
    public async Task A_pid_file_that_is_missing_is_found_out_before_anything_is_planned()
    {
        var file = Path.Combine(_folder, "pid");
        var component = ExternalProcess.WithPidFile(new Component("x", ComponentKind.Service), file, "true");

        Assert.That((await component.Crash().LookAsync(CancellationToken.None)).Obstacle, Is.EqualTo($"there is no process number in '{file}': start x first, or name the right file"));
        File.WriteAllText(file, "2000000000");
        Assert.That((await component.Freeze().LookAsync(CancellationToken.None)).Obstacle, Is.EqualTo("x does not run: there is no process 2000000000; start it first"));
        File.WriteAllText(file, $"{_process.Id}");
        Assert.That((await component.Crash().LookAsync(CancellationToken.None)).Obstacle, Is.Null);
    }

    [Test]
    public async Task A_stale_pid_file_whose_number_another_process_has_by_now_is_refused_and_the_stranger_left_alone()
    {
        var file = Path.Combine(_folder, "pid");
        File.WriteAllText(file, $"{_process.Id}");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromMinutes(5));
        var component = ExternalProcess.WithPidFile(new Component("x", ComponentKind.Service), file, "true");

        Assert.That((await component.Crash().LookAsync(CancellationToken.None)).Obstacle, Is.EqualTo($"process {_process.Id} started after '{file}' was written: x has ended, and another process has its number; start it first"));
        Assert.That(await component.FindAsync(CancellationToken.None), Is.Null);
        Assert.That(() => InjectAndRevertAsync(component.Crash(), () => { }), Throws.TypeOf<CallException>());
        Assert.That(ProcessIdentity.Find(_process.Id), Is.Not.Null);
    }

    [Test]
    public async Task A_process_that_runs_another_program_is_not_the_one()
    {
        var component = Component("never") with { Program = "postgres" };
        var shell = ProcessIdentity.Find(_process.Id)!.Value.Program!;

        Assert.That((await component.Crash().LookAsync(CancellationToken.None)).Obstacle, Does.StartWith($"process {_process.Id} is '{shell}' and not 'postgres'"));
        Assert.That(await component.FindAsync(CancellationToken.None), Is.Null);
        Assert.That((await (component with { Program = shell }).Crash().LookAsync(CancellationToken.None)).Obstacle, Is.Null);
    }

    [Test, Platform("Linux")]
    public void A_process_of_another_user_is_found_out_before_anything_is_broken()
    {
        var component = new ExternalProcess(new Component("init", ComponentKind.Service), () => 1, "true", []);
        string? obstacle = null;
        var thread = new Thread(() =>
        {
            OtherUser.Become();
            obstacle = component.Freeze().LookAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Obstacle;
        });
        thread.Start();
        thread.Join();

        Assert.That(obstacle, Does.StartWith("process 1 of init is of another user, and ").And.Contain("run the tests as that user or as root"));
    }

    [Test]
    public async Task What_it_hit_is_known_by_its_program_as_well_as_by_its_number()
    {
        var fault = Component("never").Freeze();

        Assert.That(fault.HitOf(await fault.PlanRevertAsync(CancellationToken.None)), Is.EqualTo($"process {_process.Id} ({ProcessIdentity.Find(_process.Id)!.Value.Program})"));
    }

    [Test]
    public async Task A_way_back_that_is_not_there_is_found_out()
    {
        var component = new ExternalProcess(new Component("counter", ComponentKind.Service), () => _process.Id, "/no/such/program", []);

        Assert.That((await component.Crash().LookAsync(CancellationToken.None)).Obstacle, Is.EqualTo("nothing would bring counter back: there is no program '/no/such/program' here; name the one that starts it"));
    }

    [Test]
    public async Task A_revert_never_starts_a_second_copy_although_the_pid_file_is_gone()
    {
        var (file, marker) = (Path.Combine(_folder, "pid"), Path.Combine(_folder, "restarted"));
        File.WriteAllText(file, $"{_process.Id}");
        var component = ExternalProcess.WithPidFile(new Component("x", ComponentKind.Service), file, "touch", marker);
        var fault = component.Crash();
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        File.Delete(file);

        await fault.RevertAsync(recipe, CancellationToken.None);
        await new RestartProcess().RevertAsync(recipe, CancellationToken.None);
        Assert.That(File.Exists(marker), Is.False);

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await new RestartProcess().RevertAsync(recipe, CancellationToken.None);
        Assert.That(File.Exists(marker), Is.True);
    }

    [Test]
    public async Task A_restart_from_a_recipe_leaves_one_alone_that_somebody_started_meanwhile()
    {
        var (file, marker) = (Path.Combine(_folder, "pid"), Path.Combine(_folder, "restarted"));
        File.WriteAllText(file, $"{_process.Id}");
        var stranger = ProcessIdentity.Find(_process.Id)!.Value with { Started = 1 };
        var recipe = Victim.In(RestartProcess.Recipe("touch", [marker], file), stranger);

        await new RestartProcess().RevertAsync(recipe, CancellationToken.None);
        Assert.That(File.Exists(marker), Is.False);
    }

    [Test]
    public async Task The_very_process_that_was_planned_is_hit_and_no_other()
    {
        using var other = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        var id = _process.Id;
        var fault = new ExternalProcess(new Component("counter", ComponentKind.Service), () => id, "true", []).Crash();
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        id = other.Id;

        Assert.That(() => fault.ApplyAsync(recipe, CancellationToken.None).AsTask(), Throws.InvalidOperationException.With.Message.EqualTo("counter ended before it could be made to fail."));
        Assert.That(other.HasExited, Is.False);
        other.Kill();
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
