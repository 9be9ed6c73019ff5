using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Gates;
using ChaosHarness.Ledger.Scorecards;

namespace ChaosHarness.Benchmarks.Ledgers;

/// <summary>A million runs in SQLite, with twelve figures each: what one more costs, what questions to them do, and what the scorecard of all of them does.</summary>
internal static class LedgerFigures
{
    private const int Runs = 1_000_000;
    private const int Experiments = 200;
    private const int Appends = 1_000;
    private const int Rounds = 3;

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
                Figures.Print("size of the ledger", $"{new FileInfo(path).Length / 1_000_000} MB", "at most 1000 MB");
                var appends = await AppendsAsync(ledger, now);
                Figures.Print("appending one more: median, p99, slowest", $"{Figures.Milliseconds(Figures.At(appends, 0.5))}, {Figures.Milliseconds(Figures.At(appends, 0.99))}, {Figures.Milliseconds(appends[^1])}", "at most 5 ms");
                await QuestionsAsync(ledger, now);
                Figures.Print("walking the chain of all of them", Seconds(await TimeAsync(() => LedgerChain.VerifyAsync(ledger))), "at most 2 minutes");
            }

            await ScorecardAsync(path, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The first time is what a command takes, which ends afterwards; the others are what the database does.
    private static async Task QuestionsAsync(RunLedger ledger, DateTimeOffset now)
    {
        var (totals, cards, gates) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Rounds; round++)
        {
            totals.Add(await TimeAsync(() => EvidenceReader.ReadAsync(ledger, now, CancellationToken.None)));
            cards.Add(await TimeAsync(async () =>
            {
                foreach (var (number, _) in await LedgerQueries.NumberedSeriesAsync(ledger, CancellationToken.None))
                {
                    await LedgerQueries.LatestAsync(ledger, [number], now, ScorecardReader.RunsShown, CancellationToken.None);
                }
            }));
            gates.Add(await TimeAsync(() => RegressionGate.JudgeAsync(ledger, new GateOptions(), now)));
        }

        Figures.Print("totals of 365, 90 and 30 days: first, best", $"{Seconds(totals[0])}, {Seconds(totals.Min())}", "at most 2 s");
        Figures.Print("60 runs of each series with figures", $"{Seconds(cards[0])}, {Seconds(cards.Min())}", "reported");
        Figures.Print("the gate over all series", $"{Seconds(gates[0])}, {Seconds(gates.Min())}", "reported");
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start);
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
