using ChaosHarness.Timing;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>
/// The watchdog of this process: one for all its runs, started by the first of them. It is a process of its own that undoes from the fault
/// journal when this one dies and nobody starts it again.
/// </summary>
internal static class Watchdog
{
    // The next test of a session comes soon; a program that lives on keeps none.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Lock s_lock = new();
    private static WatchdogProcess? s_process;
    private static int s_runs;
    private static int s_idles;

    /// <summary>Has a run watched until what is returned is disposed.</summary>
    public static WatchedRun Watch(WatchOrder order)
    {
        lock (s_lock)
        {
            s_runs++;
            s_idles++;
            if (s_process is not { IsThere: true })
            {
                s_process?.Dispose();
                s_process = new WatchdogProcess();
            }

            return new WatchedRun(WatchAsync(s_process, order), EndOne);
        }
    }

    private static async Task<string?> WatchAsync(WatchdogProcess process, WatchOrder order)
    {
        try
        {
            return await process.WatchAsync(order).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return $"it did not answer within {DurationText.Format(Patience)}";
        }
    }

    private static void EndOne()
    {
        int idle;
        lock (s_lock)
        {
            if (--s_runs > 0)
            {
                return;
            }

            idle = s_idles;
        }

        _ = EndWhenIdleAsync(idle);
    }

    private static async Task EndWhenIdleAsync(int idle)
    {
        await Task.Delay(KeptFor).ConfigureAwait(false);
        lock (s_lock)
        {
            if (idle == s_idles)
            {
                s_process?.Dispose();
                s_process = null;
            }
        }
    }
}
