using System.Diagnostics;
using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Halts;

/// <summary>One pulling of the lever.</summary>
internal sealed record HaltRound(TimeSpan LastBegins, TimeSpan LastUndone, bool NamesThoseThatHang)
{
    private const int Faults = 20;
    private const int Hanging = 3;
    private const int Blocking = 2;

    public static async Task<HaltRound> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("halts").FullName;
        try
        {
            return await RunAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HaltRound> RunAsync(string folder)
    {
        using var release = new ManualResetEventSlim();
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (began, undone) = (new long[Faults], new long[Faults]);
        var clock = new RunClock(TimeProvider.System);
        using var lever = new HaltLever(CancellationToken.None);
        using (var journal = FaultJournal.Create(folder, "run", TimeProvider.System))
        await using (var injection = new FaultInjection(clock, new HistoryWriter(clock), journal, lever, new CallLimits()))
        {
            for (var i = 0; i < Faults; i++)
            {
                var number = i;
                var fault = Fault.Delegate($"fault {number}", $"target {number}", _ => ValueTask.CompletedTask, async _ =>
                {
                    began[number] = Stopwatch.GetTimestamp();
                    if (number < Blocking)
                    {
                        release.Wait(CancellationToken.None);
                    }
                    else if (number < Blocking + Hanging)
                    {
                        await released.Task;
                    }

                    undone[number] = Stopwatch.GetTimestamp();
                });
                await injection.InjectAsync(fault, injection.Declare(fault, clock.Now), lever.Token);
            }

            var pulled = Stopwatch.GetTimestamp();
            lever.Halt("enough");
            while (began.Any(time => time == 0) || lever.StillOpen().Count > Blocking + Hanging)
            {
                await Task.Delay(1);
            }

            var names = lever.StillOpen().SequenceEqual(Enumerable.Range(0, Blocking + Hanging).Select(number => $"'fault {number}'"));
            var round = new HaltRound(Stopwatch.GetElapsedTime(pulled, began.Max()), Stopwatch.GetElapsedTime(pulled, undone.Skip(Blocking + Hanging).Max()), names);
            release.Set();
            released.SetResult();
            await injection.RevertAllAsync();
            return round;
        }
    }
}
