using System.Diagnostics;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Safety;
using ChaosHarness.Tests.Hosts;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>A fault over ssh whose run, client and session are all killed: nobody is left to undo it but the host.</summary>
[Platform("Linux")]
public sealed class KilledHostFaultTests : KilledHostFixture
{
    [TestCase(4)]
    [TestCase(15, Explicit = true, Reason = "The default lease, measured now and then.")]
    public async Task The_host_undoes_it_within_its_lease(int seconds)
    {
        using var server = SshServer.Start();
        var file = Path.Combine(Folder, "broken");
        using var run = new KilledHost("break-host", Folder, "127.0.0.1", Text(server.Port), server.Identity, server.KnownHosts, file, $"{seconds}s");
        Assert.That(() => File.Exists(file), Is.True.After(60_000, 5));
        // Long enough for renewals to be what keeps it.
        await Task.Delay(TimeSpan.FromSeconds(seconds + 1));
        Assert.That(file, Does.Exist);

        // Its ssh client with it: both are below it. What the session left on the host is not.
        var began = Stopwatch.GetTimestamp();
        await ProcessSignals.KillTreeAsync(ProcessIdentity.Find(run.Id)!.Value, CancellationToken.None);
        await server.KillSessionsAsync();
        Assert.That(file, Does.Exist);

        Assert.That(() => File.Exists(file), Is.False.After(60_000, 5));
        var took = Stopwatch.GetElapsedTime(began);
        await TestContext.Out.WriteLineAsync($"undone {took.TotalSeconds:0.00} s after the kill, with a lease of {seconds} s");
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(seconds + 2)));

        // The journal still has it: undone once more, which does no harm.
        var found = await LeftoverFaults.RevertAsync(Folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);
        Assert.That(found.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { ("make a file", (string?)null) }));
    }

    [Test]
    public async Task The_next_start_undoes_it_over_ssh()
    {
        using var server = SshServer.Start();
        var file = Path.Combine(Folder, "broken");
        using var run = new KilledHost("break-host", Folder, "127.0.0.1", Text(server.Port), server.Identity, server.KnownHosts, file, "1h");
        Assert.That(() => File.Exists(file), Is.True.After(60_000, 5));
        run.Kill();
        await run.EndedAsync();

        var found = await LeftoverFaults.RevertAsync(Folder, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);

        Assert.That(found.Select(fault => fault.Problem), Is.EqualTo(new string?[] { null }));
        Assert.That(file, Does.Not.Exist);
        Assert.That((await RecordsAsync()).Single().Outcome, Is.EqualTo(Outcome.Broken));
    }
}
