using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests;

/// <summary>Lets fake time pass until something is done.</summary>
internal static class FakeTime
{
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

    /// <summary>Lets what the passing of time has set off run to its next wait: hops through the pool queue up behind it.</summary>
    public static async Task SettleAsync()
    {
        for (var hop = 0; hop < 4; hop++)
        {
            await Task.Run(static () => { });
        }
    }
}
