using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Workloads;

namespace ChaosHarness.Benchmarks;

/// <summary>Ten million acknowledged writes, looked up one by one in what a system holds.</summary>
internal static class ReconciliationCost
{
    private const int Writes = 10_000_000;
    private const int LostEvery = 1_000;

    public static async Task RunAsync()
    {
        var writes = new WriteLog();
        var recording = Stopwatch.GetTimestamp();
        for (var i = 0; i < Writes; i++)
        {
            writes.Sent(i, TimeSpan.FromTicks(i));
            writes.Acknowledged(i, TimeSpan.FromTicks(i + 10), "db-a");
        }

        Figures.Print("recording 10 million writes", Seconds(Stopwatch.GetElapsedTime(recording)), "reported");
        var start = Stopwatch.GetTimestamp();
        var loss = await Reconciliation.ReconcileAsync(writes, StoredAsync(writes), default, []);
        var elapsed = Stopwatch.GetElapsedTime(start);
        Figures.Print("reconciling them", Seconds(elapsed), "at most 10 s");
        Figures.Print("lost writes found", $"{loss.Lost} of {Writes / LostEvery}", "all");
        Figures.Print("memory of the whole process, at its peak", $"{PeakMegabytes()} MB", "at most 400 MB");
    }

    private static async IAsyncEnumerable<long> StoredAsync(WriteLog writes)
    {
        for (var i = 0; i < Writes; i++)
        {
            if (i % LostEvery != 0)
            {
                yield return writes.Id(i);
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
