using ChaosHarness.Calls;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests;

/// <summary>Lets fake time pass until something is done.</summary>
internal static class FakeTime
{
    private static int s_leastBusy = PoolAtRest.Least();
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<T> UntilAsync<T>(this FakeTimeProvider time, Task<T> task, double stepMilliseconds = 1)
    {
        var start = time.GetTimestamp();
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(stepMilliseconds));
            await SettleAsync();
            if (time.GetElapsedTime(start) > Limit)
            {
                throw new TimeoutException($"Not done after {Limit} of fake time.");
            }
        }

        return await task;
    }

    public static Task UntilAsync(this FakeTimeProvider time, Task task, double stepMilliseconds = 1) => time.UntilAsync(DoneAsync(task), stepMilliseconds);

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    /// <summary>
    /// Lets what the passing of time has set off run to its next wait: until no foreign code runs on threads of its own, and the pool has
    /// nothing to do but this and whatever the test host keeps it busy with, which is the least that was seen. The tries are bounded: a pool
    /// that stays busier through all of them has found a new rest, or each step of time would wait for the old one again.
    /// </summary>
    public static async Task SettleAsync()
    {
        const int MostTries = 200;
        var quiet = 0;
        var least = int.MaxValue;
        for (var attempt = 0; attempt < MostTries && quiet < 3; attempt++)
        {
            await Task.Run(static () => { });
            if (OwnThreads.AtWork > 0)
            {
                Thread.Sleep(attempt < 50 ? 0 : 1);
                quiet = 0;
                continue;
            }

            var busy = PoolAtRest.Busy();
            least = Math.Min(least, busy);
            s_leastBusy = Math.Min(s_leastBusy, busy);
            quiet = ThreadPool.PendingWorkItemCount == 0 && busy <= s_leastBusy ? quiet + 1 : 0;
            if (quiet == 0 && attempt > 50)
            {
                // On a busy machine the thread that has it may be waiting for a processor.
                Thread.Sleep(attempt < 150 ? 0 : 1);
            }
        }

        if (quiet == 0 && least < int.MaxValue)
        {
            s_leastBusy = least;
        }
    }

    /// <summary>How many threads of the pool are busy when nothing is to be done, the one that looks among them.</summary>
    private static class PoolAtRest
    {
        // Looked at for a while before the first test depends on it: a first look may come upon a pool at work, and would take that for its rest.
        public static int Least() => Task.Run(static () =>
        {
            var least = int.MaxValue;
            for (var look = 0; look < 50; look++)
            {
                Thread.Sleep(2);
                least = Math.Min(least, Busy());
            }

            return least;
        }).GetAwaiter().GetResult();

        public static int Busy()
        {
            ThreadPool.GetMaxThreads(out var all, out _);
            ThreadPool.GetAvailableThreads(out var free, out _);
            return all - free;
        }
    }
}
