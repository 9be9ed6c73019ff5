using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Fixtures.OrderSystems;

namespace ChaosHarness.Benchmarks;

/// <summary>Two hundred drawn disasters on the sample system: what it acknowledged is there.</summary>
internal static class DisasterFigures
{
    private const int Disasters = 200;
    private const int Systems = 3;

    public static async Task RunAsync()
    {
        var start = Stopwatch.GetTimestamp();
        var outcomes = await DisasterSweep.RunAsync([.. Enumerable.Range(1, Disasters)], Systems, new OrderSystemOptions(), CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(start);
        var judged = outcomes.Where(outcome => outcome.Lost is not null).ToList();
        Figures.Print("disasters after which the orders were read back", Text($"{judged.Count} of {Disasters}"), "all");
        Figures.Print("drawn again, as there was nothing left to strike", Text($"{outcomes.Count(outcome => !outcome.HasStruck)}"), "reported");
        Figures.Print("that promoted a standby", Text($"{judged.Count(outcome => outcome.Promotions > 0)}"), "reported");
        Figures.Print("orders acknowledged in them", Text($"{judged.Sum(outcome => outcome.Acknowledged)}"), "reported");
        Figures.Print("orders lost", Text($"{judged.Sum(outcome => outcome.Lost)}"), "none");
        Figures.Print("orders acknowledged by a deposed primary", Text($"{judged.Sum(outcome => outcome.Diverged)}"), "none");
        Figures.Print("time for all of them", Text($"{took.TotalMinutes:0.0} min"), "at most 15 min");
        foreach (var outcome in outcomes.Where(outcome => outcome.HasStruck && outcome is not { IsKept: true, Outcome: Outcome.Passed }))
        {
            Console.WriteLine(Text($"  disaster {outcome.Seed}: {outcome.Outcome}: {outcome.Reason}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
