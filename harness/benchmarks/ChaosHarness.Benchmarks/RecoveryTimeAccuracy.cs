using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks;

/// <summary>Recovery time against the truth: a target is switched off for a known time, 200 times, probed 200 times a second.</summary>
internal static class RecoveryTimeAccuracy
{
    private const int Outages = 200;
    private const int Lanes = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly Stability Stable = new(10, TimeSpan.FromMilliseconds(150));

    public static async Task RunAsync()
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => LaneAsync(new Random(lane)))));
        var measured = lanes.SelectMany(lane => lane.Outages).ToList();
        var widths = measured.Select(outage => outage.Bounds.Width ?? TimeSpan.MaxValue).Order().ToList();
        var inside = measured.Count(outage => outage.Bounds.Contains(outage.Truth));
        Figures.Print("true outage inside the reported bounds", $"{inside} of {measured.Count}", $"{Outages} of {Outages}");
        Figures.Print("width of the bounds, median", Figures.Milliseconds(Figures.At(widths, 0.5)), "at most 7 ms (interval + 2 ms)");
        Figures.Print("width of the bounds, p99", Figures.Milliseconds(Figures.At(widths, 0.99)), "at most 15 ms (interval + 10 ms)");
        Figures.Print("worst lateness of a probe", Figures.Milliseconds(lanes.Max(lane => lane.Kept.WorstLateness)), "reported");
        Figures.Print("probes more than an interval late", $"{lanes.Sum(lane => lane.Kept.SentLate)} of {lanes.Sum(lane => lane.Sent)}", "reported");
    }

    private static async Task<(List<(TimeSpan Truth, Bounds Bounds)> Outages, ScheduleKept Kept, int Sent)> LaneAsync(Random random)
    {
        await using var target = await SwitchableTarget.StartAsync();
        var clock = new RunClock(TimeProvider.System);
        var probe = new HttpProbe("target", target.Address) { Interval = Interval };
        await using var source = new OpenLoopSource(clock, OpenLoopSettings.For(probe), (_, token) => probe.SampleAsync(token));
        source.Start();
        await Task.Delay(1000);
        var outages = new List<(TimeSpan, Bounds)>();
        for (var i = 0; i < Outages / Lanes; i++)
        {
            // Evenly over the range, in an order that the probe's phase knows nothing of.
            var length = TimeSpan.FromMilliseconds(50 + (1950.0 * i / ((Outages / Lanes) - 1)) + random.NextDouble());
            outages.Add(await OutageAsync(target, clock, source, length));
            await Task.Delay(random.Next(20, 60));
        }

        return (outages, source.ScheduleKept, source.Log.Settled().Count);
    }

    private static async Task<(TimeSpan Truth, Bounds Bounds)> OutageAsync(SwitchableTarget target, RunClock clock, OpenLoopSource source, TimeSpan length)
    {
        var start = clock.Now;
        target.IsDown = true;
        var injection = new TimeWindow(start, clock.Now);
        await Task.Delay(length);
        target.IsDown = false;
        // The truth to within the time that flipping the switch took, at both ends.
        var truth = clock.Now - injection.Start;
        while (true)
        {
            await Task.Delay(20);
            var observations = source.Log.SettledSince(injection.Start - (Interval * 4));
            var recovery = RecoveryTime.Measure(observations, injection, clock.Now, Stable);
            if (recovery is { Recovered: true, Interrupted: true })
            {
                return (truth, recovery.Actual);
            }
        }
    }
}
