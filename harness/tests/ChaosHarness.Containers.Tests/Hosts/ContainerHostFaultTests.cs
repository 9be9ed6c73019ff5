using System.Diagnostics;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Experiments;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Fixtures.Tests;

namespace ChaosHarness.Containers.Tests.Hosts;

/// <summary>A fault that is a command in a container, and who undoes it.</summary>
[Platform("Linux")]
public sealed class ContainerHostFaultTests : RunFixture
{
    private const string File = "/tmp/broken";
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(20);

    [Test]
    public async Task It_is_done_and_undone_in_the_container()
    {
        await using var container = await HostInContainer.StartAsync();

        var record = await RunAsync(container.Host.Command("make a file", "target", ["touch", File], ["rm", "-f", File]));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(await IsThereAsync(container), Is.False);
        Assert.That(Leftovers, Is.Empty);
    }

    [Test]
    public async Task A_program_that_is_not_there_keeps_the_run_from_breaking_anything()
    {
        await using var container = await HostInContainer.StartAsync();

        var record = await RunAsync(container.Host.Command("make a file", "target", ["touch", File], ["no-such-program"]));

        Assert.That((record.Outcome, await IsThereAsync(container)), Is.EqualTo((Outcome.Inconclusive, false)));
        Assert.That(record.Reason, Does.Contain("there is no program 'no-such-program'"));
    }

    // The container undoes it by itself where it is leased, and the watchdog of the run where it is not.
    [TestCase("2s", "alone")]
    [TestCase("never", "watched")]
    public async Task What_a_killed_run_left_is_undone(string lease, string watched)
    {
        await using var container = await HostInContainer.StartAsync();
        using var host = new KilledHost("container-command", Folder, container.Container.Engine.Endpoint.OriginalString, container.Container.Name, File, lease, watched);
        Assert.That(() => IsThereAsync(container).Result, Is.True.After(30_000, 100));

        host.Kill();

        var since = Stopwatch.GetTimestamp();
        while (await IsThereAsync(container) && Stopwatch.GetElapsedTime(since) < Promised)
        {
            await Task.Delay(100);
        }

        Assert.That(await IsThereAsync(container), Is.False, $"undone within {Promised}");
        await TestContext.Out.WriteLineAsync($"undone after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        Assert.That(() => Directory.EnumerateFiles(Folder, "*.watchdog"), Is.Empty.After(15_000, 50));
    }

    [Test]
    public async Task What_a_killed_run_left_is_undone_by_the_next_one()
    {
        await using var container = await HostInContainer.StartAsync();
        using var host = new KilledHost("container-command", Folder, container.Container.Engine.Endpoint.OriginalString, container.Container.Name, File, "never", "alone");
        Assert.That(() => IsThereAsync(container).Result, Is.True.After(30_000, 100));
        host.Kill();
        await host.EndedAsync();

        await RunAsync(container.Container.Engine.Container("nobody").Freeze());

        Assert.That(await IsThereAsync(container), Is.False);
        Assert.That(Leftovers, Is.Empty);
    }

    private static async Task<bool> IsThereAsync(HostInContainer container) => (await container.Host.RunAsync(new("cat", File), CancellationToken.None)).ExitCode == 0;
}
