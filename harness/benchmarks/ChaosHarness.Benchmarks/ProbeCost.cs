using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Fixtures.Processes;
using ChaosHarness.Probes;
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
            var (cores, source) = await MeasureAsync(probe, Length);
            var observations = source.Log.Settled();
            var latency = LatencySummary.Measure(observations)!;
            Figures.Print("cost of 1000 HTTP probes a second", cores.ToString("0.000", CultureInfo.InvariantCulture) + " cores", "at most 0.5");
            Figures.Print("probes due and sent", $"{observations.Count(observation => observation.IsGood)} good of {observations.Count}", $"about {Length.TotalSeconds * 1000:0}");
            Figures.Print("latency from due time, p50 and p99", $"{Figures.Milliseconds(latency.P50)}, {Figures.Milliseconds(latency.P99)}", "reported");
            Figures.Print("probes more than an interval late", source.ScheduleKept.SentLate.ToString(CultureInfo.InvariantCulture), "reported");
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

    private static async Task<(double Cores, OpenLoopSource Source)> MeasureAsync(HttpProbe probe, TimeSpan length)
    {
        var clock = new RunClock(TimeProvider.System);
        await using var source = new OpenLoopSource(clock, OpenLoopSettings.For(probe), (_, token) => probe.SampleAsync(token));
        var before = Environment.CpuUsage.TotalTime;
        source.Start();
        await Task.Delay(length);
        var cores = (Environment.CpuUsage.TotalTime - before) / clock.Now;
        await source.DisposeAsync();
        return (cores, source);
    }
}
