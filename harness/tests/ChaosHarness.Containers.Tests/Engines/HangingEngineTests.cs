using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Experiments;
using ChaosHarness.Fixtures.Containers.Engines;
using ChaosHarness.Processes;

namespace ChaosHarness.Containers.Tests.Engines;

/// <summary>A real daemon that is frozen or killed under a run.</summary>
[Platform("Linux")]
public sealed class HangingEngineTests : RunFixture
{
    private OwnEngine _own = null!;
    private ContainerEngine _engine = null!;
    private string _image = null!;

    [SetUp]
    public async Task StartAsync()
    {
        try
        {
            _own = await OwnEngine.StartAsync();
        }
        catch (Exception exception) when (exception is NotRunException or TopologyFailedException)
        {
            Assert.Ignore($"These tests need a container engine of their own: {exception.Message}");
        }

        _engine = new ContainerEngine(_own.Endpoint) { Patience = TimeSpan.FromSeconds(1) };
        _image = await EngineOfTests.EnsureImageAsync(_engine);
    }

    [TearDown]
    public async Task EndAsync()
    {
        _engine?.Dispose();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    [Test]
    public async Task A_frozen_daemon_keeps_the_run_from_breaking_anything()
    {
        await using var target = await TestContainer.StartAsync(_engine, _image);
        Signal("STOP");
        try
        {
            var since = Stopwatch.GetTimestamp();
            var record = await RunAsync(target.Component.Freeze());

            Assert.That(record.Outcome, Is.EqualTo(Outcome.Inconclusive));
            Assert.That(record.Reason, Does.Contain("did not answer within 1 s").And.Contains("Its daemon may hang"));
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(20)));
        }
        finally
        {
            Signal("CONT");
        }
    }

    [Test]
    public async Task A_daemon_that_freezes_under_a_fault_does_not_hang_the_run_and_the_next_start_undoes_it()
    {
        await using var target = await TestContainer.StartAsync(_engine, _image);
        var run = RunAsync(target.Component.Freeze(), "2s");
        await target.ReachesAsync("paused");
        Signal("STOP");
        RunRecord record;
        try
        {
            var since = Stopwatch.GetTimestamp();
            record = await run;
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(40)));
        }
        finally
        {
            Signal("CONT");
        }

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(record.Reason, Does.Contain("did not answer within 1 s"));
        Assert.That(await target.StatusAsync(), Is.EqualTo("paused"));

        // Its look comes before anything is broken, and after what was left is undone.
        await RunAsync(_engine.Container("nobody").Freeze());
        Assert.That(await target.StatusAsync(), Is.EqualTo("running"));
        Assert.That(Leftovers, Is.Empty);
    }

    [Test]
    public async Task A_daemon_that_dies_under_a_fault_is_told()
    {
        await using var target = await TestContainer.StartAsync(_engine, _image);
        var run = RunAsync(target.Component.Freeze(), "2s");
        await target.ReachesAsync("paused");

        Signal("KILL");

        var record = await run;
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(record.Reason, Does.Contain("no container engine answers at"));
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _own.Daemon.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
