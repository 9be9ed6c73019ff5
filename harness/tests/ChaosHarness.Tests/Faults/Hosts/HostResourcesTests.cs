using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Faults.Hosts.Processes;
using ChaosHarness.Faults.Hosts.Resources;
using ChaosHarness.Hosts;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>What uses up a host, and what limits a component on it.</summary>
[Platform("Linux")]
public sealed class HostResourcesTests
{
    private static readonly Component Web = new("web-1", ComponentKind.Service);
    private readonly LocalHost _host = new();
    private string _folder = null!;
    private Process _process = null!;

    [SetUp]
    public void Start()
    {
        _folder = Directory.CreateTempSubdirectory("resources-").FullName;
        _process = Process.Start("sleep", "600");
        File.WriteAllText(Path.Combine(_folder, "pid"), _process.Id.ToString(CultureInfo.InvariantCulture));
    }

    [TearDown]
    public void End()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private HostComponent Component => _host.PidFile(Web, Path.Combine(_folder, "pid"), "true");

    [Test]
    public async Task Processors_are_kept_busy_and_let_go()
    {
        await using var place = new InjectionPlace(TimeProvider.System);
        var active = await place.InjectAsync(_host.Resources(Web).BurnCpu(2));

        Assert.That(() => Loads(active.Recipe.Instructions), Is.EqualTo(4).After(5_000, 50), "two loops, and what ends each in the end");
        Assert.That((await active.Fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.There));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(Loads(active.Recipe.Instructions), Is.Zero);
    }

    [Test]
    public async Task A_load_ends_by_itself_in_the_end()
    {
        await using var place = new InjectionPlace(TimeProvider.System);
        var active = await place.InjectAsync(_host.Resources(Web).BurnCpu(1, atMost: "1s"));

        Assert.That(async () => (await active.Fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.Gone).After(15_000, 100));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
    }

    [Test]
    public async Task A_disk_is_filled_up_to_what_is_to_be_left()
    {
        using var host = new NamespaceHost();
        await host.ShellAsync("mount -t tmpfs -o size=8m tmpfs \"$1\"", _folder);
        await using var place = new InjectionPlace(TimeProvider.System);
        var fault = host.Resources(Web).FillDisk(_folder, leave: 1024 * 1024);
        Assert.That((await fault.LookAsync(CancellationToken.None)).Obstacle, Is.Null);

        var active = await place.InjectAsync(fault);

        Assert.That(await host.ShellAsync("df -Pk \"$1\" | tail -n 1 | awk '{print $4}'", _folder), Is.EqualTo("1024\n"));
        Assert.That((await fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.There));
        Assert.That((await fault.LookAsync(CancellationToken.None)).Obstacle, Does.Contain("has only 1024 KiB free"));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(await host.ShellAsync("ls -A \"$1\"", _folder), Is.Empty);
    }

    [Test]
    public async Task The_disk_of_the_whole_system_needs_a_permission()
    {
        using var host = new NamespaceHost();

        Assert.That((await host.Resources(Web).FillDisk("/etc").LookAsync(CancellationToken.None)).Obstacle, Does.Contain("'/etc' is on the disk of the whole system"));
        Assert.That((await host.Resources(Web).LoadDisk("/etc").LookAsync(CancellationToken.None)).Obstacle, Does.Contain("'/etc' is on the disk of the whole system"));
        Assert.That((await host.Resources(Web).FillDisk("/etc", mayBeSystemDisk: true).LookAsync(CancellationToken.None)).Obstacle, Is.Null);
        Assert.That((await host.Resources(Web).FillDisk("/no/such/folder").LookAsync(CancellationToken.None)).Obstacle, Does.Contain("is no folder"));
    }

    [Test]
    public async Task A_disk_is_kept_busy_and_nothing_stays_on_it()
    {
        using var host = new NamespaceHost();
        await host.ShellAsync("mount -t tmpfs -o size=160m tmpfs \"$1\"", _folder);
        await using var place = new InjectionPlace(TimeProvider.System);
        var active = await place.InjectAsync(host.Resources(Web).LoadDisk(_folder));
        Assert.That(async () => await host.ShellAsync("ls -A \"$1\"", _folder), Is.Not.Empty.After(5_000, 50));

        Assert.That(await place.RevertAllAsync(), Is.Empty);

        Assert.That(await host.ShellAsync("ls -A \"$1\"", _folder), Is.Empty);
        Assert.That(Loads(active.Recipe.Instructions), Is.Zero);
    }

    [TestCase(null)]
    [TestCase("+3h")]
    public async Task A_clock_is_moved_and_set_back(string? before)
    {
        var file = Path.Combine(_folder, "clock");
        if (before is not null)
        {
            await File.WriteAllTextAsync(file, before + "\n");
        }

        var was = await HoursAsync(file);
        await using var place = new InjectionPlace(TimeProvider.System);
        var active = await place.InjectAsync(_host.Resources(Web).MoveClock(file, "+48h"));

        Assert.That(await HoursAsync(file), Is.InRange(47.9, 48.1));
        Assert.That((await active.Fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.There));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(await HoursAsync(file), Is.EqualTo(was).Within(0.1));
        Assert.That(File.Exists(file), Is.EqualTo(before is not null));
    }

    [Test]
    public async Task Open_files_are_limited_and_the_limit_is_lifted()
    {
        string Limit() => File.ReadLines($"/proc/{_process.Id}/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        var before = Limit();
        await using var place = new InjectionPlace(TimeProvider.System);

        await place.InjectAsync(Component.LimitFiles(7));

        Assert.That(Limit(), Is.EqualTo("7"));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(Limit(), Is.EqualTo(before));
    }

    [TestCase("cpu", "cpu.cfs_quota_us", "20000")]
    [TestCase("memory", "memory.limit_in_bytes", "67108864")]
    [TestCase("freezer", "freezer.state", "FROZEN")]
    public async Task A_group_is_limited_and_set_back(string controller, string file, string limited)
    {
        using var group = new TestGroup(controller, _process.Id);
        var before = group.Read(file);
        var fault = controller switch
        {
            "cpu" => Component.LimitCpu(0.2),
            "memory" => Component.LimitMemory(64 * 1024 * 1024),
            _ => Component.FreezeGroup(),
        };
        await using var place = new InjectionPlace(TimeProvider.System);
        Assert.That((await fault.LookAsync(CancellationToken.None)).Obstacle, Is.Null);

        var active = await place.InjectAsync(fault);

        Assert.That(group.Read(file), Is.EqualTo(limited));
        Assert.That((await fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.There));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(group.Read(file), Is.EqualTo(before));
    }

    [Test]
    public async Task Groups_of_version_2_are_limited_too()
    {
        // As the kernel shows them: what is written there is all that is looked at.
        using var host = new NamespaceHost();
        await host.ShellAsync("mount -t tmpfs tmpfs /sys/fs/cgroup; mkdir /sys/fs/cgroup/shop; echo 'max 100000' > /sys/fs/cgroup/shop/cpu.max; echo '0::/shop' > \"$1/group\"; mount --bind \"$1/group\" /proc/$2/cgroup", _folder, $"{_process.Id}");
        await using var place = new InjectionPlace(TimeProvider.System);
        var component = host.PidFile(Web, Path.Combine(_folder, "pid"), "true");
        Assert.That((await component.LimitCpu(0.5).LookAsync(CancellationToken.None)).Obstacle, Is.Null);
        Assert.That((await component.LimitMemory(1).LookAsync(CancellationToken.None)).Obstacle, Does.Contain("is in no control group of memory"));

        await place.InjectAsync(component.LimitCpu(0.5));

        Assert.That(await host.ShellAsync("cat /sys/fs/cgroup/shop/cpu.max"), Is.EqualTo("50000 100000\n"));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(await host.ShellAsync("cat /sys/fs/cgroup/shop/cpu.max"), Is.EqualTo("max 100000\n"));
    }

    [Test]
    public async Task Memory_is_taken_within_a_group_until_somebody_is_killed_for_it()
    {
        using var group = new TestGroup("memory", _process.Id);
        group.Write("memory.limit_in_bytes", "67108864");
        await using var place = new InjectionPlace(TimeProvider.System);
        var half = await place.InjectAsync(Component.UseMemory(32 * 1024 * 1024));
        Assert.That((await half.Fault.IsThereAsync(half.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.There));
        Assert.That(long.Parse(group.Read("memory.usage_in_bytes"), CultureInfo.InvariantCulture), Is.GreaterThan(28 * 1024 * 1024));

        var all = await place.InjectAsync(Component.UseMemory(256 * 1024 * 1024));

        Assert.That(async () => (await all.Fault.IsThereAsync(all.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.Superseded).After(15_000, 100));
        Assert.That(group.Read("memory.oom_control"), Does.Match("oom_kill [1-9]"));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
    }

    [Test]
    public async Task The_group_of_the_whole_system_is_not_limited()
    {
        using var group = new TestGroup("cpu", _process.Id);
        group.Dispose();

        Assert.That((await Component.LimitCpu(0.5).LookAsync(CancellationToken.None)).Obstacle, Does.Contain("is in the group of the whole system"));
    }

    [Test]
    public void Mistakes_are_named()
    {
        var resources = _host.Resources(Web);
        foreach (var wrong in new[] { resources.BurnCpu(0), resources.BurnCpu(1, "x"), resources.UseMemory(0), resources.FillDisk("x"), resources.LoadDisk("x"), resources.MoveClock("/x", "1d"), Component.LimitCpu(0), Component.LimitMemory(0), Component.LimitFiles(-1) })
        {
            Assert.That(wrong.Mistakes, Has.Count.EqualTo(1), wrong.Description);
        }
    }

    // How far a program's clock is ahead.
    private static async Task<double> HoursAsync(string file)
    {
        var library = Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 2 }).First();
        var start = new ProcessStartInfo("date", ["+%s"]) { RedirectStandardOutput = true };
        (start.Environment["LD_PRELOAD"], start.Environment["FAKETIME_TIMESTAMP_FILE"], start.Environment["FAKETIME_NO_CACHE"]) = (library, file, "1");
        using var date = Process.Start(start)!;
        var seconds = long.Parse(await date.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
        return (seconds - DateTimeOffset.UtcNow.ToUnixTimeSeconds()) / 3600.0;
    }

    private static int Loads(string instructions)
    {
        var mark = instructions.Split(' ').First(word => word.StartsWith("chaosharness-load-", StringComparison.Ordinal));
        return Directory.EnumerateDirectories("/proc").Where(folder => char.IsDigit(Path.GetFileName(folder)[0])).Count(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(mark, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        });
    }
}
