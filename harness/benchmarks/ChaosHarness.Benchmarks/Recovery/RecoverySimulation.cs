using System.Globalization;
using ChaosHarness.Benchmarks.Recovery.Simulation;

namespace ChaosHarness.Benchmarks.Recovery;

/// <summary>Recovery bounds against a million simulated outages of all kinds, on seeds that no rule was chosen on.</summary>
internal static class RecoverySimulation
{
    private const long Outages = 1_000_000;
    private const int FirstSeed = 90_001;

    public static async Task RunAsync()
    {
        var lanes = await Task.WhenAll(Enumerable.Range(FirstSeed, Environment.ProcessorCount).Select(seed => Task.Run(() => SimulationTally.Of(seed, Outages / Environment.ProcessorCount))));
        var tally = new SimulationTally();
        foreach (var lane in lanes)
        {
            tally.Add(lane);
        }

        Figures.Print("simulated outages", $"{tally.Outages} in {tally.Runs} runs, {tally.Requests} requests", "1 000 000 outages");
        Figures.Print("runs with a bad request", Share(tally.Interrupted, tally.Runs), "reported");
        Figures.Print("upper bound below the last outage met", $"{tally.AboveMet} of {tally.Interrupted}", "0");
        Figures.Print("upper bound below the last that turned any bad", $"{tally.AboveTurned} of {tally.Interrupted}", "0");
        Figures.Print("lower bound above the truth", $"{tally.Below} of {tally.Interrupted}", "0");
        Figures.Print("either wrong at a random cut", $"{tally.OutsideAtCut} of {tally.Runs}", "0");
        Figures.Print("outages longer than was said to go unseen", $"{tally.LongerThanUnseen} of {tally.Outages}", "0");
        Figures.Print("estimates refuted by what was seen", Share(tally.Refuted, tally.Assumed), "reported");
        Figures.Print("estimates too low, shown or not", Share(tally.AssumedAbove, tally.Assumed), "reported");
        Figures.Print("estimates shown, below the last outage met", Share(tally.ShownAboveMet, tally.ShownWidths.Count), "reported");
        Figures.Print("the same, below the last that turned any bad", Share(tally.ShownAboveTurned, tally.ShownWidths.Count), "reported");
        Figures.Print("width in interval + service, median and p99", Quantiles(tally.Widths), "reported");
        Figures.Print("the same, of the estimates shown", Quantiles(tally.ShownWidths), "reported");
    }

    private static string Share(long part, long all) => string.Create(CultureInfo.InvariantCulture, $"{part} of {all} ({100.0 * part / Math.Max(all, 1):0.####} %)");

    private static string Quantiles(List<double> values)
    {
        values.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{values[values.Count / 2]:0.00} / {values[(int)(values.Count * 0.99)]:0.00}");
    }
}
