using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks;

/// <summary>Ten million acknowledged writes in a history, looked up one by one in what a system holds.</summary>
internal static class ReconciliationCost
{
    private const int Writes = 10_000_000;
    private const int LostEvery = 1_000;
    private const long FirstId = 1L << 40;

    public static async Task RunAsync()
    {
        var clock = new RunClock(TimeProvider.System);
        var history = new HistoryWriter(clock);
        var writes = history.Source(new SourceSettings("writes", TimeSpan.FromSeconds(5)) { IsWorkload = true, FirstId = FirstId });
        var recording = Stopwatch.GetTimestamp();
        for (var i = 0; i < Writes; i++)
        {
            var at = TimeSpan.FromTicks(i);
            writes.Invoke(writes.Enter(at), at);
            writes.Complete(i, at + TimeSpan.FromTicks(10), OperationVerdict.Good, node: "db-a");
        }

        Figures.Print("recording 10 million writes", Seconds(Stopwatch.GetElapsedTime(recording)), "reported");
        var start = Stopwatch.GetTimestamp();
        var attempt = new ReadBackAttempt(history.LookAtAll().Of("writes"));
        await attempt.CountAllAsync(StoredAsync(), CancellationToken.None);
        attempt.WriteTo(writes);
        writes.EndReadBack(new ReadBack(clock.Now, null));
        var loss = new LossChecker().Check(history.LookAtAll());
        Figures.Print("reconciling them", Seconds(Stopwatch.GetElapsedTime(start)), "at most 10 s");
        Figures.Print("lost writes found", $"{loss.Lost} of {Writes / LostEvery}", "all");
        Figures.Print("memory of the whole process, at its peak", $"{PeakMegabytes()} MB", "at most 400 MB");
    }

    private static async IAsyncEnumerable<StoredId> StoredAsync()
    {
        for (var i = 0; i < Writes; i++)
        {
            if (i % LostEvery != 0)
            {
                yield return FirstId + i;
            }

            if (i % 10_000 == 0)
            {
                await Task.Yield();
            }
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static long PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1_000_000;
    }
}
