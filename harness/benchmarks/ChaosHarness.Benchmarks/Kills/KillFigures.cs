using System.Globalization;
using ChaosHarness.KilledHosts.Sweeps;

namespace ChaosHarness.Benchmarks.Kills;

/// <summary>A thousand runs whose process is ended at a random moment: what is left of them once somebody starts again, or a watchdog was there.</summary>
internal static class KillFigures
{
    private const int SideBySide = 3;

    public static async Task RunAsync()
    {
        var kills = new List<SweptKill>();
        kills.AddRange(await SweepAsync("kills: SIGKILL, then started again", new KillSweep(1), 600));
        kills.AddRange(await SweepAsync("kills: SIGKILL, and a watchdog alone", new KillSweep(2, isWatched: true), 200));
        kills.AddRange(await SweepAsync("kills: SIGKILL while the clock jumps", new KillSweep(3, jumps: true), 100));
        kills.AddRange(await SweepAsync("kills: SIGTERM", new KillSweep(4, "TERM"), 50));
        kills.AddRange(await SweepAsync("kills: SIGINT", new KillSweep(5, "INT"), 50));
        Figures.Print("kills: where they came", string.Join(", ", kills.GroupBy(kill => kill.Phase.Length == 0 ? "before" : kill.Phase).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {Text(group.Count())}")), "every step");
        Figures.Print("kills: faults that had taken effect", Text(kills.Sum(kill => kill.Broken)), "each undone once");
    }

    private static async Task<IReadOnlyList<SweptKill>> SweepAsync(string name, KillSweep sweep, int count)
    {
        var kills = await sweep.RunAsync(count, SideBySide);
        var bad = kills.Where(kill => kill.Problems.Count > 0).ToList();
        Figures.Print(name, $"{Text(count)}, {Text(bad.Count)} left something", "0");
        foreach (var kill in bad)
        {
            Console.WriteLine($"  {kill.Phase} {kill.Outcome}: {string.Join("; ", kill.Problems)}");
        }

        return kills;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
