using System.Diagnostics;
using ChaosHarness.Fixtures.Tests;

namespace ChaosHarness.Containers.Tests.Faults;

/// <summary>A run whose process is killed while it holds a container broken: the watchdog undoes it over the engine's API.</summary>
[Platform("Linux")]
public sealed class KilledRunTests : RunFixture
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    [TestCase("freeze", "paused")]
    [TestCase("crash", "exited")]
    public async Task What_it_broke_is_undone(string fault, string status)
    {
        await using var target = await TestContainer.StartAsync();
        using var host = new KilledHost("container", Folder, target.Engine.Endpoint.OriginalString, target.Name, fault);
        await target.ReachesAsync(status);

        host.Kill();

        var since = Stopwatch.GetTimestamp();
        while (await target.StatusAsync() != "running" && Stopwatch.GetElapsedTime(since) < Promised)
        {
            await Task.Delay(20);
        }

        Assert.That(await target.StatusAsync(), Is.EqualTo("running"), $"undone within {Promised}");
        await TestContext.Out.WriteLineAsync($"undone after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        Assert.That(() => Leftovers, Is.Empty.After(10_000, 20));
        // The watchdog ends by itself, and until then writes into the folder.
        Assert.That(() => Directory.EnumerateFiles(Folder, "*.watchdog"), Is.Empty.After(15_000, 50));
    }
}
