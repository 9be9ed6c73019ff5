using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Fixtures.OrderSystems;

namespace ChaosHarness.Benchmarks;

/// <summary>How long the sample system takes to come up and to go.</summary>
internal static class SystemStart
{
    private const int Rounds = 6;

    public static async Task RunAsync()
    {
        var (ups, downs) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var system = await OrderSystem.StartAsync();
            var up = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            await system.DisposeAsync();
            // The first round warms the disk cache.
            if (round > 0)
            {
                ups.Add(up);
                downs.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        Figures.Print("sample system up, median and worst", Range(ups), "at most 6 s");
        Figures.Print("sample system gone, median and worst", Range(downs), "at most 2 s");
    }

    private static string Range(List<TimeSpan> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{Figures.At(times, 0.5).TotalSeconds:0.00} s, {times[^1].TotalSeconds:0.00} s");
    }
}
