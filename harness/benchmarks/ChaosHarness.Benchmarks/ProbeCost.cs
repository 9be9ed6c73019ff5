using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Processes;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks;

/// <summary>What a thousand HTTP probes a second cost this process; the target runs in another.</summary>
internal static class ProbeCost
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    public static async Task RunAsync()
    {
        var port = FreePorts.Next();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        using var target = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Recommendations.dll"), "--urls", address]) { RedirectStandardOutput = true })!;
        try
        {
            var probe = new HttpProbe("target", new Uri(address + "/health/live")) { Interval = TimeSpan.FromMilliseconds(1) };
            await ReadyAsync(probe);
            await MeasureAsync(probe, TimeSpan.FromSeconds(3));
            var (cores, seen) = await MeasureAsync(probe, Length);
            var latency = LatencyDistribution.Of(seen, new TimeWindow(TimeSpan.Zero, seen.Until));
            Figures.Print("cost of 1000 HTTP probes a second", cores.ToString("0.000", CultureInfo.InvariantCulture) + " cores", "at most 0.5");
            Figures.Print("probes due and sent", $"{seen.Count(operation => operation.IsGood)} good of {seen.Count}", $"about {Length.TotalSeconds * 1000:0}");
            Figures.Print("latency from due time, p50 and p99", $"{Figures.Milliseconds(latency.Percentile(50)!.Value)}, {Figures.Milliseconds(latency.Percentile(99)!.Value)}", "reported");
            Figures.Print("probes more than an interval late", ScheduleKept.Of(seen).SentLate.ToString(CultureInfo.InvariantCulture), "reported");
        }
        finally
        {
            target.Kill();
        }
    }

    private static async Task ReadyAsync(HttpProbe probe)
    {
        while (true)
        {
            try
            {
                await probe.SampleAsync(CancellationToken.None);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task<(double Cores, Operations Seen)> MeasureAsync(HttpProbe probe, TimeSpan length)
    {
        var clock = new RunClock(TimeProvider.System);
        var history = new HistoryWriter(clock);
        await using var loop = ProbeClient.Of(probe, clock, history);
        var before = Environment.CpuUsage.TotalTime;
        loop.Start();
        await Task.Delay(length);
        var cores = (Environment.CpuUsage.TotalTime - before) / clock.Now;
        await loop.CloseAsync(CancellationToken.None);
        return (cores, history.LookAtAll().Of(probe.Name));
    }
}
