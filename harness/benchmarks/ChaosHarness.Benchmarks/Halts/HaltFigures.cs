using System.Globalization;

namespace ChaosHarness.Benchmarks.Halts;

/// <summary>
/// How soon after the lever was pulled everything is being undone: 20 faults on 20 targets, of which 3 never return from their revert and
/// 2 block their thread in it; and whether those 5 are named.
/// </summary>
internal static class HaltFigures
{
    private const int Rounds = 200;

    public static async Task RunAsync()
    {
        var rounds = new List<HaltRound>();
        for (var i = 0; i < Rounds; i++)
        {
            rounds.Add(await HaltRound.RunAsync());
        }

        Print("halt: the last of 20 reverts begins", rounds.Select(round => round.LastBegins), "at most 250 ms");
        Print("halt: the 15 that can be are undone", rounds.Select(round => round.LastUndone), "at most 1 s");
        Figures.Print("halt: rounds that name exactly the 5 that hang", $"{rounds.Count(round => round.NamesThoseThatHang)} of {Rounds}", "all");
    }

    private static void Print(string what, IEnumerable<TimeSpan> times, string wanted)
    {
        var sorted = times.Order().ToList();
        Figures.Print(what + ", p50, p99 and worst", string.Create(
            CultureInfo.InvariantCulture,
            $"{Figures.At(sorted, 0.5).TotalMilliseconds:0.0}, {Figures.At(sorted, 0.99).TotalMilliseconds:0.0}, {sorted[^1].TotalMilliseconds:0.0} ms"), wanted);
    }
}
