using System.Globalization;
using ChaosHarness.Processes;

namespace ChaosHarness.Fixtures.Tests;

[Platform("Linux")]
public sealed class ManagedProcessTests
{
    [Test]
    public async Task A_process_that_ends_before_it_is_ready_is_broken_with_its_last_words()
    {
        using var process = await ManagedProcess.StartAsync(new ProcessPlan("server", "sh", ["-c", "echo port 5432 is taken >&2; exit 1"], "/"));

        Assert.That(
            () => process.ReadyAsync(_ => Task.FromResult(false), TimeSpan.FromSeconds(10), CancellationToken.None),
            Throws.TypeOf<TopologyFailedException>().With.Message.Contains("exit code 1").And.Message.Contains("port 5432 is taken"));
    }

    [Test]
    public async Task A_process_that_is_never_ready_is_given_up()
    {
        using var process = await ManagedProcess.StartAsync(new ProcessPlan("server", "sleep", ["60"], "/"));

        Assert.That(
            () => process.ReadyAsync(_ => Task.FromResult(false), TimeSpan.FromMilliseconds(100), CancellationToken.None),
            Throws.TypeOf<TopologyFailedException>().With.Message.Contains("was not ready"));
        await process.KillAsync();
        Assert.That(process.IsRunning, Is.False);
    }

    [Test]
    public void A_tool_that_fails_says_what_it_said() =>
        Assert.That(
            () => Tool.RunAsync(new ProcessPlan("copy", "sh", ["-c", "echo No space left on device >&2; exit 1"], "/"), CancellationToken.None),
            Throws.TypeOf<TopologyFailedException>().With.Message.Contains("copy ended with exit code 1").And.Message.Contains("No space left"));

    // Whoever interrupts a run at a terminal means the run: what it broke has to be there to be put right.
    [Test]
    public async Task An_interrupt_at_the_terminal_does_not_reach_it()
    {
        var before = Group(Environment.ProcessId);
        Assume.That(before, Is.Not.EqualTo(Environment.ProcessId), "a process that leads its group has no other to start from");
        using var process = await ManagedProcess.StartAsync(new ProcessPlan("server", "sleep", ["60"], "/"));

        Assert.That(Group(process.Identity.Id), Is.Not.EqualTo(before));
        Assert.That(Group(Environment.ProcessId), Is.EqualTo(before), "and this process is reached as it was");
        await process.KillAsync();
    }

    private static int Group(int process)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2], CultureInfo.InvariantCulture);
    }
}
