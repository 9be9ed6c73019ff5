using ChaosHarness.Benchmarks.Recovery;

namespace ChaosHarness.Benchmarks;

/// <summary>Recovery time against the truth: a real server is switched off and on, 200 times in each of several ways.</summary>
internal static class RecoveryTimeAccuracy
{
    private const int Outages = 200;
    private const int Lanes = 2;

    private static readonly OutageSettings[] All =
    [
        new("errors", Milliseconds(5), TimeSpan.Zero, Milliseconds(50), Milliseconds(2_000)) { Median = Milliseconds(7), Worst = Milliseconds(15) },
        new("short ones, answers of 20 ms each 2 ms", Milliseconds(2), Milliseconds(20), Milliseconds(1), Milliseconds(100)),
        new("relapses, answers of 20 ms each 2 ms", Milliseconds(2), Milliseconds(20), Milliseconds(10), Milliseconds(100)) { Most = 4 },
        new("hangs, slow from 250 ms on", Milliseconds(5), TimeSpan.Zero, Milliseconds(50), Milliseconds(1_000)) { Holds = true, SlowThreshold = Milliseconds(250) },
    ];

    public static async Task RunAsync()
    {
        foreach (var settings in All)
        {
            await MeasureAsync(settings);
        }
    }

    private static async Task MeasureAsync(OutageSettings settings)
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => OutageLane.RunAsync(settings, Outages / Lanes, lane))));
        var outages = lanes.SelectMany(lane => lane.Outages).ToList();
        var judged = outages.Where(outage => !outage.IsDisturbed).ToList();
        Figures.Print($"{settings.Name}: truth inside the bounds", $"{judged.Count(outage => outage.IsInside)} of {judged.Count}", "all of them");
        Figures.Print($"{settings.Name}: this machine stood still after one", $"{outages.Count - judged.Count} of {outages.Count}", "reported");
        var widths = outages.Where(outage => outage.Finding.Interrupted).Select(outage => outage.Finding.Actual.Width ?? TimeSpan.MaxValue).Order().ToList();
        Figures.Print($"{settings.Name}: seen by a bad request", $"{widths.Count} of {outages.Count}", "reported");
        Figures.Print($"{settings.Name}: width, median", Figures.Milliseconds(Figures.At(widths, 0.5)), Must(settings.Median));
        Figures.Print($"{settings.Name}: width, p99", Figures.Milliseconds(Figures.At(widths, 0.99)), Must(settings.Worst));
        var late = lanes.SelectMany(lane => lane.Requests).Select(request => (request.Invoked ?? request.Completed ?? request.Due) - request.Due).ToList();
        Figures.Print($"{settings.Name}: worst lateness of a probe", Figures.Milliseconds(late.Max()), "reported");
        Figures.Print($"{settings.Name}: more than an interval late", $"{late.Count(time => time > settings.Interval)} of {late.Count}", "reported");
    }

    private static string Must(TimeSpan? most) => most is { } time ? $"at most {Figures.Milliseconds(time)}" : "reported";

    private static TimeSpan Milliseconds(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
