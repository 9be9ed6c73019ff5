using System.Globalization;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>Units of a service manager that answers as systemd does, and knows one.</summary>
[Platform("Linux")]
public sealed class HostUnitTests
{
    private const string Systemctl = """
        #!/bin/sh
        # It keeps the number of the one unit that it knows in a file beside it.
        file=${0%/*}/number
        log() { echo "$*" >> "${0%/*}/calls"; }
        case "$*" in
          'show -p MainPID --value shop') cat "$file" 2>/dev/null || echo 0 ;;
          'cat shop') ;;
          'start shop') log start; setsid sleep 600 </dev/null >/dev/null 2>&1 & echo $! > "$file" ;;
          'stop shop') log stop; kill "$(cat "$file")"; rm "$file" ;;
          *) exit 4 ;;
        esac
        """;

    private string _folder = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _folder = Directory.CreateTempSubdirectory("unit-").FullName;
        var path = Path.Combine(_folder, "systemctl");
        await File.WriteAllTextAsync(path, Systemctl);
        await new PathHost(_folder).RunAsync(new("chmod", "+x", path), CancellationToken.None);
        await new PathHost(_folder).RunAsync(new("systemctl", "start", "shop"), CancellationToken.None);
    }

    [TearDown]
    public async Task DeleteAsync()
    {
        if (Running is { } running)
        {
            await ProcessSignals.KillTreeAsync(running, CancellationToken.None);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private ProcessIdentity? Running => File.Exists(Path.Combine(_folder, "number")) ? ProcessIdentity.Find(int.Parse(File.ReadAllText(Path.Combine(_folder, "number")), CultureInfo.InvariantCulture)) : null;

    [Test]
    public async Task A_unit_is_stopped_and_started_by_its_manager_and_crashed_without_it()
    {
        var shop = new PathHost(_folder).Unit(new Component("shop", ComponentKind.Service), "shop");
        var before = Running;
        await using (var place = new InjectionPlace(TimeProvider.System))
        {
            Assert.That((await shop.Stop().LookAsync(CancellationToken.None)).Obstacle, Is.Null);
            await place.InjectAsync(shop.Stop());
            Assert.That(Running, Is.Null);
            Assert.That(await place.RevertAllAsync(), Is.Empty);
            Assert.That(Running, Is.Not.Null.And.Not.EqualTo(before));
        }

        await using (var place = new InjectionPlace(TimeProvider.System))
        {
            await place.InjectAsync(shop.Crash());
            Assert.That(Running, Is.Null);
            Assert.That(await place.RevertAllAsync(), Is.Empty);
            Assert.That(Running, Is.Not.Null);
        }

        Assert.That(await File.ReadAllLinesAsync(Path.Combine(_folder, "calls")), Is.EqualTo(new[] { "start", "stop", "start", "start" }));
    }

    [Test]
    public async Task A_unit_that_does_not_run_or_is_not_there_is_told()
    {
        var host = new PathHost(_folder);
        Assert.That((await host.Unit(new Component("shop", ComponentKind.Service), "other").Stop().LookAsync(CancellationToken.None)).Obstacle, Does.Contain("systemd has no unit 'other'"));
        await host.RunAsync(new("systemctl", "stop", "shop"), CancellationToken.None);

        Assert.That((await host.Unit(new Component("shop", ComponentKind.Service), "shop").Crash().LookAsync(CancellationToken.None)).Obstacle, Does.Contain("unit shop has no main process"));
    }
}
