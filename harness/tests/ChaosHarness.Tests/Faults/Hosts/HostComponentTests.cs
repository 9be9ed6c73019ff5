using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Faults.Hosts.Processes;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Hosts;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>Components that are processes of a host.</summary>
[Platform("Linux")]
public sealed class HostComponentTests
{
    // A parent with two children that count, each in a file of its own, and a file with its number.
    private const string Server = "echo $$ > \"$0/pid\"; for n in 1 2; do (while :; do echo x >> \"$0/$n\"; sleep 0.02; done) & done; wait";
    private static readonly Component Web = new("web-1", ComponentKind.Service);
    private readonly LocalHost _host = new();
    private string _folder = null!;

    [SetUp]
    public void Start()
    {
        _folder = Directory.CreateTempSubdirectory("component-").FullName;
        using var start = Process.Start(StartWords[0], StartWords[1..]);
        Assert.That(() => File.Exists(PidFile) && File.ReadAllText(PidFile).Length > 0 && File.Exists(Path.Combine(_folder, "2")), Is.True.After(10_000, 10));
    }

    [TearDown]
    public async Task EndAsync()
    {
        if (Running is { } running)
        {
            await ProcessSignals.KillTreeAsync(running, CancellationToken.None);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string PidFile => Path.Combine(_folder, "pid");

    private string[] StartWords => ["sh", "-c", "setsid sh -c \"$0\" \"$1\" </dev/null >/dev/null 2>&1 & sleep 0.2", Server, _folder];

    private HostComponent Component => _host.PidFile(Web, PidFile, StartWords);

    private ProcessIdentity? Running => ProcessIdentity.Find(int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture));

    [Test]
    public async Task A_crash_ends_it_with_its_children_and_the_revert_starts_it_once()
    {
        var before = ProcStat.Tree(Running!.Value.Id).Select(stat => new ProcessIdentity(stat.Id, stat.Started)).ToList();
        await using var place = new InjectionPlace(TimeProvider.System);

        var active = await place.InjectAsync(Component.Crash());

        Assert.That(before.Count(process => process.IsRunning), Is.Zero);
        Assert.That(place.Windows.Single().Hit, Is.EqualTo($"process {before[0].Id} on this machine"));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        var after = Running;
        Assert.That((after is not null, before.Contains(after!.Value)), Is.EqualTo((true, false)));
        await active.Fault.RevertAsync(active.Recipe, CancellationToken.None);
        Assert.That(Running, Is.EqualTo(after), "no second one");
    }

    [Test]
    public async Task A_freeze_lets_it_stand_still_and_go_on()
    {
        await using var place = new InjectionPlace(TimeProvider.System);
        var active = await place.InjectAsync(Component.Freeze());
        var written = Written();
        var before = Running;

        Assert.That((await active.Fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.There));
        Assert.That(Written, Is.EqualTo(written).After(300));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(Written, Is.GreaterThan(written).After(5_000, 10));
        Assert.That(Running, Is.EqualTo(before));
    }

    [Test]
    public async Task A_frozen_one_that_was_thawed_is_gone_and_one_that_was_fenced_is_superseded()
    {
        var fault = Component.Freeze().Leased("1h");
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        await fault.ApplyAsync(recipe, CancellationToken.None);
        ProcessSignals.ResumeTree(Running!.Value);
        Assert.That(async () => (await fault.IsThereAsync(recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.Gone).After(5_000, 50));

        ProcessSignals.FreezeTree(Running!.Value);
        await ProcessSignals.KillTreeAsync(Running!.Value, CancellationToken.None);
        Assert.That((await fault.IsThereAsync(recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.Superseded));

        await fault.RevertAsync(recipe, CancellationToken.None);
        Assert.That(Running, Is.Not.Null, "it is brought back");
    }

    [Test]
    public async Task It_is_stopped_gently_and_restarted_until_it_is_ready()
    {
        var before = Running;
        await using var place = new InjectionPlace(TimeProvider.System);
        var ready = Path.Combine(_folder, "1");

        await place.InjectAsync((Component with { ReadyWhen = ["sh", "-c", "rm \"$0\" && sleep 0.1 && test -e \"$0\"", ready] }).Restart());

        Assert.That((Running is not null, Running == before), Is.EqualTo((true, false)));
        await place.InjectAsync(Component.Stop());
        Assert.That(Running, Is.Null);
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(Running, Is.Not.Null);
    }

    [Test]
    public async Task One_that_is_never_ready_is_told()
    {
        var fault = (Component with { ReadyWhen = ["false"], ReadyWithin = TimeSpan.FromSeconds(1) }).Crash().Unleased();
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        await fault.ApplyAsync(recipe, CancellationToken.None);

        Assert.That(async () => await fault.RevertAsync(recipe, CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("was not ready after 1 seconds"));
        Assert.That(Running, Is.Not.Null);
    }

    [Test]
    public async Task A_process_that_only_has_its_number_is_left_alone()
    {
        using var stranger = Process.Start("sleep", "60");
        await ProcessSignals.KillTreeAsync(Running!.Value, CancellationToken.None);
        File.WriteAllText(PidFile, stranger.Id.ToString(CultureInfo.InvariantCulture));
        File.SetLastWriteTimeUtc(PidFile, DateTime.UtcNow - TimeSpan.FromMinutes(1));

        Assert.That((await Component.Crash().LookAsync(CancellationToken.None)).Obstacle, Does.Contain("has ended, and another process has it"));

        // Nor is one that took it between the planning and the strike.
        File.SetLastWriteTimeUtc(PidFile, DateTime.UtcNow);
        var fault = Component.Crash().Unleased();
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        var other = (await Component.FindAsync(CancellationToken.None)).Split(':');
        var result = await _host.RunAsync(HostCommand.Script(ProcessScripts.Crash, $"{other[0]}:{long.Parse(other[1], CultureInfo.InvariantCulture) - 1}"), CancellationToken.None);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"process {stranger.Id} ended before it could be made to fail\n")));
        Assert.That(stranger.HasExited, Is.False);
        stranger.Kill();
        Assert.That(recipe.Parameters, Is.Not.Empty);
    }

    [Test]
    public async Task One_that_ended_and_was_not_collected_is_not_running()
    {
        // The first process never collects the second.
        using var parent = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]) { RedirectStandardOutput = true })!;
        var zombie = await parent.StandardOutput.ReadLineAsync();
        Assert.That(() => File.ReadAllText($"/proc/{zombie}/stat"), Does.Contain(") Z ").After(5_000, 10));
        await ProcessSignals.KillTreeAsync(Running!.Value, CancellationToken.None);
        File.WriteAllText(PidFile, zombie);

        Assert.That((await Component.Crash().LookAsync(CancellationToken.None)).Obstacle, Does.Contain($"there is no process {zombie} any more"));
        parent.Kill();
    }

    [Test]
    public async Task Of_a_name_there_has_to_be_one()
    {
        var program = Path.Combine(_folder, "odd-service-of-1");
        File.Copy("/bin/sleep", program);
        var named = _host.ProcessNamed(Web, "odd-service-of-1", "true");
        Assert.That((await named.Crash().LookAsync(CancellationToken.None)).Obstacle, Does.Contain("no process there is called 'odd-service-of-1'"));
        using var one = Process.Start(program, "60");
        Assert.That((await named.Crash().LookAsync(CancellationToken.None)).Obstacle, Is.Null);

        using var another = Process.Start(program, "60");
        Assert.That((await named.Crash().LookAsync(CancellationToken.None)).Obstacle, Does.Contain($"several processes there are called 'odd-service-of-1': ").And.Contain($"{one.Id}").And.Contain($"{another.Id}"));

        another.Kill();
        await another.WaitForExitAsync();
        await using var place = new InjectionPlace(TimeProvider.System);
        await place.InjectAsync(named.Crash());
        Assert.That(one.WaitForExit(5_000));
    }

    [Test]
    public async Task The_way_in_is_not_ended()
    {
        File.WriteAllText(PidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

        Assert.That((await Component.Crash().LookAsync(CancellationToken.None)).Obstacle, Does.Contain("that is the way in"));
        File.WriteAllText(PidFile, "999999999");
    }

    [Test]
    public async Task A_unit_that_is_not_there_is_told()
    {
        var look = await _host.Unit(Web, "no-such-unit").Stop().LookAsync(CancellationToken.None);

        Assert.That(look.Obstacle, Does.Contain("no-such-unit").Or.Contain("systemctl"));
    }

    private long Written() => Directory.EnumerateFiles(_folder, "?").Sum(file => new FileInfo(file).Length);
}
