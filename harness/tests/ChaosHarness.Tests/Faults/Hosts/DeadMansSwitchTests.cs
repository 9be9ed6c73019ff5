using System.Diagnostics;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Hosts;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>What undoes a fault on a host when nobody else does.</summary>
[Platform("Linux")]
public sealed class DeadMansSwitchTests
{
    private readonly LocalHost _host = new();
    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("switch-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    private string Broken => Path.Combine(_folder, "broken");

    private string Undone => Path.Combine(_folder, "undone");

    private HostCommand Mend => HostCommand.Script("echo x >> \"$1\"; rm -f \"$2\"", Undone, Broken);

    [Test]
    public async Task It_undoes_once_within_the_lease_and_is_gone()
    {
        var armed = await ArmAsync(Mend, 3);
        Assert.That(await armed.RunAsync(new HostCommand("touch", Broken), CancellationToken.None), Is.Not.Null);
        var began = Stopwatch.GetTimestamp();

        Assert.That(() => File.Exists(Broken), Is.False.After(10_000, 10));

        Assert.That(Stopwatch.GetElapsedTime(began), Is.InRange(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4)));
        await IsGoneAsync(armed);
        Assert.That(File.ReadAllText(Undone), Is.EqualTo("x\n"));
    }

    [Test]
    public async Task Kept_armed_it_does_nothing()
    {
        var armed = await ArmAsync(Mend, 3);
        armed.KeepArmed();

        await Task.Delay(TimeSpan.FromSeconds(7));

        Assert.That((Directory.Exists(armed.Folder), File.Exists(Undone)), Is.EqualTo((true, false)));
        armed.StopRenewing();
        Assert.That(() => File.Exists(Undone), Is.True.After(10_000, 10), "and something as soon as it is not");
        await IsGoneAsync(armed);
    }

    [Test]
    public async Task What_takes_longer_than_the_lease_to_take_effect_is_not_undone_meanwhile()
    {
        var fault = _host.Command("slowly", "x", ["sh", "-c", "sleep 5; touch \"$0\"", Broken], ["rm", "-f", Broken]).Leased("2s");
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);

        await fault.ApplyAsync(recipe, CancellationToken.None);

        Assert.That((File.Exists(Broken), SwitchPlaces.Find(recipe.Parameters) is not null), Is.EqualTo((true, true)));
        await fault.RevertAsync(recipe, CancellationToken.None);
    }

    [Test]
    public async Task What_fails_is_tried_again()
    {
        var armed = await ArmAsync(HostCommand.Script("echo x >> \"$1\"; [ $(wc -l < \"$1\") -ge 3 ]", Undone), 2);

        await IsGoneAsync(armed);

        Assert.That(File.ReadAllLines(Undone), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Undone_by_hand_it_leaves_nothing_behind()
    {
        var armed = await ArmAsync(Mend, 3);

        var result = await _host.RunAsync(HostCommand.Script(SwitchScripts.Undo, [armed.Folder, Mend.Program, .. Mend.Arguments]), CancellationToken.None);

        Assert.That(result.IsSuccess);
        Assert.That(Processes(armed), Is.Empty, "at once");
        Assert.That(armed.Folder, Does.Not.Exist);
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.That(File.ReadAllText(Undone), Is.EqualTo("x\n"));
    }

    [Test]
    public async Task What_could_not_be_undone_is_left_to_it()
    {
        var armed = await ArmAsync(Mend, 3);

        var result = await _host.RunAsync(HostCommand.Script(SwitchScripts.Undo, armed.Folder, "false"), CancellationToken.None);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        await IsGoneAsync(armed);
        Assert.That(Undone, Does.Exist);
    }

    [Test]
    public async Task A_process_that_only_has_its_number_is_not_ended()
    {
        // The first of a group, as the switch is: whole groups are ended.
        using var stranger = Process.Start("setsid", ["sleep", "60"]);
        var armed = await ArmAsync(Mend, 3);
        File.WriteAllText(Path.Combine(armed.Folder, "pid"), $"{stranger.Id,8}\n");

        await _host.RunAsync(HostCommand.Script(SwitchScripts.Undo, armed.Folder, "true"), CancellationToken.None);

        Assert.That(stranger.HasExited, Is.False);
        stranger.Kill();
        await IsGoneAsync(armed);
    }

    [Test]
    public async Task Nothing_is_done_under_a_switch_that_has_fired()
    {
        var armed = await ArmAsync(Mend, 2);
        await IsGoneAsync(armed);

        Assert.That(await armed.RunAsync(new HostCommand("touch", Broken), CancellationToken.None), Is.Null);
        Assert.That(Broken, Does.Not.Exist);
    }

    [Test]
    public async Task The_exit_code_of_a_command_is_its_own()
    {
        var armed = await ArmAsync(Mend, 3);

        Assert.That((await armed.RunAsync(HostCommand.Script("echo x; exit 97"), CancellationToken.None))?.ExitCode, Is.EqualTo(97));
        await IsGoneAsync(armed);
    }

    [Test]
    public async Task A_disk_that_becomes_full_keeps_nobody_from_renewing_it()
    {
        using var host = new NamespaceHost();
        await host.ShellAsync("for place in /run /dev/shm /tmp; do mount -t tmpfs -o size=256k tmpfs $place; done");
        var armed = await DeadMansSwitch.ArmAsync(host, DeadMansSwitch.NewName(), new HostCommand("true"), TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None);
        await host.ShellAsync("for place in /run /dev/shm /tmp; do cat /dev/zero > $place/fill 2>/dev/null; done; :");

        armed.KeepArmed();
        await Task.Delay(TimeSpan.FromSeconds(6));

        Assert.That(await host.ShellAsync("cat \"$1/renewed\"", armed.Folder), Does.Match("^[0-9]{8}\n$").And.Not.StartWith("00000000"));
        armed.StopRenewing();
        Assert.That(async () => await host.ShellAsync("[ -d \"$1\" ] && echo there; :", armed.Folder), Is.Empty.After(10_000, 100));
    }

    [Test]
    public async Task Where_there_is_no_room_nothing_is_broken()
    {
        using var host = new NamespaceHost();
        await host.ShellAsync("for place in /run /dev/shm /tmp; do mount -t tmpfs -o size=256k tmpfs $place; cat /dev/zero > $place/fill 2>/dev/null; done; mount -t tmpfs -o ro tmpfs \"$HOME\"");

        Assert.That(async () => await DeadMansSwitch.ArmAsync(host, DeadMansSwitch.NewName(), new HostCommand("true"), TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None),
            Throws.InvalidOperationException.With.Message.Contains("make room"));
    }

    private ValueTask<DeadMansSwitch> ArmAsync(HostCommand revert, int seconds) => DeadMansSwitch.ArmAsync(_host, DeadMansSwitch.NewName(), revert, TimeSpan.FromSeconds(seconds), TimeProvider.System, CancellationToken.None);

    private static async Task IsGoneAsync(DeadMansSwitch armed)
    {
        await Task.Yield();
        Assert.That(() => Directory.Exists(armed.Folder), Is.False.After(15_000, 20));
        Assert.That(() => Processes(armed), Is.Empty.After(5_000, 20));
    }

    private static IReadOnlyList<string> Processes(DeadMansSwitch armed) =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => char.IsDigit(Path.GetFileName(folder)[0]) && CommandOf(folder).Contains(Path.GetFileName(armed.Folder), StringComparison.Ordinal))];

    private static string CommandOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
