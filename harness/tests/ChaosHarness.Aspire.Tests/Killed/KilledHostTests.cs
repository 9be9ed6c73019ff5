using System.Diagnostics;
using System.Globalization;

namespace ChaosHarness.Aspire.Tests.Killed;

/// <summary>A test host that is killed in the middle of things.</summary>
[Platform("Linux")]
public sealed class KilledHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Test]
    public async Task Nothing_of_an_application_stays_not_even_a_frozen_replica()
    {
        var program = Path.Combine(TestContext.CurrentContext.TestDirectory.Replace("ChaosHarness.Aspire.Tests", Path.Combine("AspireShop", "KilledHost"), StringComparison.Ordinal), "AspireShop.KilledHost.dll");
        using var host = Process.Start(new ProcessStartInfo("dotnet", ["exec", program]) { RedirectStandardOutput = true })!;
        var started = new List<int>();
        try
        {
            var frozen = await FrozenAsync(host);
            started = StartedBy(host.Id);
            Assert.That(started, Does.Contain(frozen), "what Aspire started is found");
            Assert.That(started, Has.Count.GreaterThan(6), "its orchestrator, three replicas and a proxy server among them");

            host.Kill();
            var killed = Stopwatch.GetTimestamp();
            while (started.Any(IsThere) && Stopwatch.GetElapsedTime(killed) < Patience)
            {
                await Task.Delay(20);
            }

            TestContext.Out.WriteLine($"{started.Count} processes were gone {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill");
            Assert.That(started.Where(IsThere).Select(CommandOf), Is.Empty);
        }
        finally
        {
            foreach (var left in started.Where(IsThere).Append(host.Id).Where(IsThere))
            {
                using var process = Process.GetProcessById(left);
                process.Kill();
            }
        }
    }

    private static async Task<int> FrozenAsync(Process host)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await host.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("frozen ", StringComparison.Ordinal))
            {
                return int.Parse(line["frozen ".Length..], CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("The host ended before the application was up.");
    }

    // The orchestrator is no child of its host: it knows it by its number.
    private static List<int> StartedBy(int host)
    {
        var processes = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).ToList();
        var parents = processes.ToDictionary(id => id, ParentOf);
        var orchestrator = $"--monitor {host.ToString(CultureInfo.InvariantCulture)} ";
        var roots = processes.Where(id => id == host || CommandOf(id).Contains(orchestrator, StringComparison.Ordinal)).ToHashSet();
        return [.. processes.Where(id => id != host && Ancestry(id, parents).Any(roots.Contains))];
    }

    private static IEnumerable<int> Ancestry(int id, Dictionary<int, int> parents)
    {
        for (var at = id; at > 1; at = parents.GetValueOrDefault(at))
        {
            yield return at;
        }
    }

    private static int ParentOf(int id) => StatOf(id) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    // One that has ended and was not collected yet is there no more.
    private static bool IsThere(int id) => StatOf(id) is [not "Z", ..];

    // What stands behind the name, which may have spaces in it.
    private static string[] StatOf(int id)
    {
        var text = Read(id, "stat");
        return text.Length == 0 ? [] : text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string CommandOf(int id) => Read(id, "cmdline").Replace('\0', ' ');

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
