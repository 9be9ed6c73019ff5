using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Hosts;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Hosts;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>What a command and a crash over ssh cost; told, and held against generous limits.</summary>
[Platform("Linux")]
public sealed class HostFigureTests
{
    private const int Count = 30;
    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("figures-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_command_over_ssh_costs_little()
    {
        using var server = SshServer.Start();
        await using var host = server.Host;
        await host.RunAsync(new HostCommand("true"), CancellationToken.None);
        var times = new List<TimeSpan>();
        for (var i = 0; i < 10 * Count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await host.RunAsync(new HostCommand("true"), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began));
        }

        Tell("a command over ssh", times);
        Assert.That(times.Order().ElementAt(times.Count / 2), Is.LessThan(TimeSpan.FromMilliseconds(100)));
    }

    [Test]
    public async Task A_crash_over_ssh_strikes_about_as_soon_as_one_here()
    {
        using var server = SshServer.Start();
        await using var ssh = server.Host;
        var here = await CrashesAsync(() => ExternalProcess.WithPidFile(Web, Number, "true").Crash());
        var there = await CrashesAsync(() => ssh.PidFile(Web, Number, "true").Crash());

        Tell("a crash by a signal from here", here);
        Tell("a crash over ssh", there);
        Assert.That(there.Order().ElementAt(Count / 2), Is.LessThan(TimeSpan.FromMilliseconds(250)));
    }

    private static Component Web => new("web", ComponentKind.Service);

    private string Number => Path.Combine(_folder, "number");

    // From the strike until the process is no more.
    private async Task<IReadOnlyList<TimeSpan>> CrashesAsync(Func<Fault> make)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < Count; i++)
        {
            using var process = Process.Start("sleep", "600");
            var victim = ProcessIdentity.Find(process.Id)!.Value;
            await File.WriteAllTextAsync(Number, process.Id.ToString(CultureInfo.InvariantCulture));
            var fault = make();
            var recipe = await fault.PlanRevertAsync(CancellationToken.None);
            await fault.PrepareAsync(recipe, CancellationToken.None);
            var began = Stopwatch.GetTimestamp();
            var applying = Task.Run(async () => await fault.ApplyAsync(recipe, CancellationToken.None));
            while (victim.IsRunning)
            {
                Thread.SpinWait(100);
            }

            times.Add(Stopwatch.GetElapsedTime(began));
            await applying;
            await fault.RevertAsync(recipe, CancellationToken.None);
        }

        return times;
    }

    private static void Tell(string what, IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Order().Select(time => time.TotalMilliseconds).ToList();
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: p50 {sorted[sorted.Count / 2]:0.00} ms, p99 {sorted[(int)(sorted.Count * 0.99)]:0.00} ms, n={sorted.Count}"));
    }
}
