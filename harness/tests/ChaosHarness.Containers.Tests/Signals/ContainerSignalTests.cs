using System.Collections.Concurrent;
using ChaosHarness.Containers.Signals;
using ChaosHarness.Systems;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Tests.Signals;

public sealed class ContainerSignalTests
{
    [Test]
    public async Task A_health_check_that_fails_is_a_detection_and_one_that_holds_again_a_recovery()
    {
        await using var target = await TestContainer.StartAsync(
            create => create.Healthcheck = new HealthcheckConfig { Test = ["CMD", "/bin/bash", "-c", "! [ -e /tmp/ill ]"], Interval = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(5), Retries = 1 },
            // Well, ill for a while, and well again.
            command: "sleep 2; : > /tmp/ill; sleep 2; rm /tmp/ill; exec sleep 600");
        var signals = new ConcurrentQueue<Signal>();
        using var subscription = new ContainerEvents(target.Engine, [target.Component]).Subscribe(signals.Enqueue);

        Assert.That(() => signals.Any(signal => signal.Kind == SignalKind.Detected), Is.True.After(30_000, 50));
        Assert.That(() => signals.LastOrDefault(signal => signal.Kind != SignalKind.Noted)?.Kind, Is.EqualTo(SignalKind.Recovered).After(30_000, 50));
        Assert.That(signals.Select(signal => signal.Source), Is.All.EqualTo(target.Name));
    }

    [Test]
    public async Task What_happens_to_a_container_is_noted_in_order_and_nothing_of_others()
    {
        await using var target = await TestContainer.StartAsync();
        await using var other = await TestContainer.StartAsync();
        var signals = new ConcurrentQueue<Signal>();
        using (new ContainerEvents(target.Engine, [target.Component]).Subscribe(signals.Enqueue))
        {
            await Task.Delay(500);
            await target.DoAsync((client, token) => client.Containers.PauseContainerAsync(target.Id, token));
            await target.DoAsync((client, token) => client.Containers.UnpauseContainerAsync(target.Id, token));
            await other.DoAsync((client, token) => client.Containers.PauseContainerAsync(other.Id, token));
            await target.DoAsync((client, token) => client.Containers.KillContainerAsync(target.Id, new() { Signal = "KILL" }, token));
            await target.DoAsync((client, token) => client.Containers.StartContainerAsync(target.Id, new(), token));

            Assert.That(() => signals.Select(signal => signal.Detail).TakeLast(4), Is.EqualTo(new[] { "frozen", "goes on", "ended with exit code 137", "started" }).After(30_000, 50));
        }

        var count = signals.Count;
        await target.DoAsync((client, token) => client.Containers.PauseContainerAsync(target.Id, token));
        await Task.Delay(300);
        Assert.That(signals, Has.Count.EqualTo(count), "nothing comes after it was ended");
    }

    [Test]
    public async Task The_log_is_followed_across_a_restart_without_a_line_lost_or_twice()
    {
        await using var target = await TestContainer.StartAsync(command: "i=0; while :; do i=$((i+1)); echo \"$RANDOM line $i\"; echo \"$RANDOM error $i\" >&2; sleep 0.1; done");
        var lines = new ConcurrentQueue<string>();
        using var subscription = target.Component.Log.Subscribe(lines.Enqueue);

        Assert.That(() => lines.Count, Is.GreaterThan(10).After(30_000, 50));
        await target.DoAsync((client, token) => client.Containers.RestartContainerAsync(target.Id, new() { WaitBeforeKillSeconds = 0 }, token));
        Assert.That(() => lines.Count(line => line.EndsWith(" line 2", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(1).After(30_000, 50), "what the second run wrote first");
        Assert.That(() => lines.Count(line => line.EndsWith(" error 5", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(1).After(30_000, 50));
        Assert.That(lines, Is.Unique);
    }

    [Test]
    public void A_line_without_an_end_is_cut()
    {
        var lines = new LineBuffer();
        for (var i = 0; i < 100; i++)
        {
            Assert.That(lines.Add(new byte[1024]), Is.Empty);
        }

        Assert.That(lines.Add("\nnext\r\n"u8).Select(line => line.Length), Is.EqualTo(new[] { LineBuffer.Longest, 4 }));
    }

    [TestCase("2026-11-27T17:19:08.27076769Z hello there", "2026-11-27T17:19:08.270767690", "hello there")]
    [TestCase("no time", null, "no time")]
    [TestCase("", null, "")]
    public void The_time_that_an_engine_puts_before_a_line_is_taken_off(string line, string? written, string text) =>
        Assert.That(ContainerLog.Split(line), Is.EqualTo((written, text)));
}
