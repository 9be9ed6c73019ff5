using ChaosHarness.Calls;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

/// <summary>
/// Looks at each stop condition four times a second while something is injected, and pulls the lever. None waits for another, and one that
/// cannot be evaluated three times running halts too: a watchman who cannot see is no watchman.
/// </summary>
internal sealed class StopWatcher(RunClock clock, HaltLever lever, IReadOnlyList<StopCheck> checks, TimeSpan limit)
{
    /// <summary>How often in a row a condition may fail to answer.</summary>
    public const int MostFailures = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly ForeignCalls _calls = new(clock.Time);
    private readonly StopDistance?[] _distances = new StopDistance?[checks.Count];

    /// <summary>How near each is to halting the run; nothing of those that have not answered yet.</summary>
    public IReadOnlyList<StopDistance> Distances => [.. Enumerable.Range(0, _distances.Length).Select(number => Volatile.Read(ref _distances[number])).OfType<StopDistance>()];

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(checks.Select((check, number) => WatchAsync(check, number, stop)));

    private async Task WatchAsync(StopCheck check, int number, CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested && lever.Reason is null)
        {
            var answer = await _calls.RunAsync(new Callee(check.Name, "stop condition"), check.ReadAsync, limit, stop).ConfigureAwait(false);
            failures = answer.End is CallEnd.Threw or CallEnd.TimedOut ? failures + 1 : 0;
            if (answer.Value is { } reading)
            {
                var worst = Volatile.Read(ref _distances[number])?.Worst;
                Volatile.Write(ref _distances[number], new StopDistance(check.Name, reading, reading.Used is { } used ? Math.Max(used, worst ?? 0) : worst));
            }

            if (answer.Value is { Why: { } reason })
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
