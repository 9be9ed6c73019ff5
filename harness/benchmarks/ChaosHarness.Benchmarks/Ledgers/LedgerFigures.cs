using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Ledger;

namespace ChaosHarness.Benchmarks.Ledgers;

/// <summary>A million runs in SQLite: what one more costs, and what the scorecard of all of them does.</summary>
internal static class LedgerFigures
{
    private const int Runs = 1_000_000;
    private const int Experiments = 200;
    private const int Appends = 1_000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("chaosharness-ledger-");
        try
        {
            var path = Path.Combine(folder.FullName, "ledger.db");
            var now = DateTimeOffset.UtcNow;
            await using (var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse(path, folder.FullName)))
            {
                var filling = Stopwatch.GetTimestamp();
                await GeneratedHistory.FillAsync(ledger, Runs, Experiments, now);
                Figures.Print("appending a million runs, 5 000 at once", Seconds(Stopwatch.GetElapsedTime(filling)), "reported");
                Figures.Print("size of the ledger", $"{new FileInfo(path).Length / 1_000_000} MB", "reported");
                var appends = await AppendsAsync(ledger, now);
                Figures.Print("appending one more: median, p99, slowest", $"{Figures.Milliseconds(Figures.At(appends, 0.5))}, {Figures.Milliseconds(Figures.At(appends, 0.99))}, {Figures.Milliseconds(appends[^1])}", "at most 5 ms");
            }

            await ScorecardAsync(path, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ScorecardAsync(string ledger, string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ChaosHarness.Benchmarks.dll"), ScorecardProcess.Argument, ledger, folder]);
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        long peak = 0;
        while (!process.HasExited)
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
            await Task.Delay(20);
        }

        Figures.Print("the scorecard from them, start to end", Seconds(Stopwatch.GetElapsedTime(began)), "at most 5 s");
        Figures.Print("memory of the process, at its peak", $"{peak / 1_000_000} MB", "at most 500 MB");
    }

    private static async Task<List<TimeSpan>> AppendsAsync(RunLedger ledger, DateTimeOffset now)
    {
        var random = new Random(2);
        var times = new List<TimeSpan>();
        for (var i = 0; i < Appends; i++)
        {
            var generated = GeneratedHistory.Entry(Runs + i, Runs, Experiments, now, random);
            var entry = generated with { Run = generated.Run with { StartedAt = now } };
            var start = Stopwatch.GetTimestamp();
            await ledger.AppendAsync(entry);
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        times.Sort();
        return times;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
