using ChaosHarness.Calls;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

/// <summary>
/// Looks at everything that may end a run early, and pulls the lever: at the halt file ten times a second, at each stop condition four
/// times. None waits for another, and one that cannot be evaluated three times running halts too: a watchman who cannot see is no watchman.
/// </summary>
internal sealed class StopWatcher(RunClock clock, HaltLever lever, IReadOnlyList<StopCheck> checks, string? haltFile, TimeSpan limit)
{
    /// <summary>How often in a row a condition may fail to answer.</summary>
    public const int MostFailures = 3;

    private const double LooksPerSecond = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly ForeignCalls _calls = new(clock.Time);

    public Task RunAsync(CancellationToken stop) => Task.WhenAll([WatchFileAsync(stop), .. checks.Select(check => WatchAsync(check, stop))]);

    // On a thread that sleeps: a file that a person puts there has to work even when the pool of this process does not.
    private Task WatchFileAsync(CancellationToken stop) => haltFile is null
        ? Task.CompletedTask
        : new Pacer(clock, OpenLoopSchedule.PerSecond(LooksPerSecond, clock.Now), (_, _) => LookForFile(haltFile)).RunAsync(stop);

    private void LookForFile(string file)
    {
        if (lever.Reason is null && File.Exists(file))
        {
            lever.Halt($"the halt file '{file}' exists");
        }
    }

    private async Task WatchAsync(StopCheck check, CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested && lever.Reason is null)
        {
            var answer = await _calls.RunAsync(new Callee(check.Name, "stop condition"), check.WhyStopAsync, limit, stop).ConfigureAwait(false);
            failures = answer.End is CallEnd.Threw or CallEnd.TimedOut ? failures + 1 : 0;
            if (answer.Value is { } reason)
            {
                lever.Halt(reason);
            }
            else if (failures == MostFailures)
            {
                lever.Halt($"a stop condition could not be evaluated {MostFailures} times running: {answer.Problem}");
            }

            await Task.Delay(Pause, clock.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
