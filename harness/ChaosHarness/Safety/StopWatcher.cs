using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

/// <summary>Looks at everything that may end a run early, four times a second, and pulls the lever.</summary>
internal sealed class StopWatcher(
    RunClock clock,
    HaltLever lever,
    IReadOnlyList<StopCondition> conditions,
    string? haltFile,
    FaultInjection injection,
    Func<History> look)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && lever.Reason is null)
        {
            if (await WhyStopAsync(stop).ConfigureAwait(false) is { } reason)
            {
                lever.Halt(reason);
                return;
            }

            await Task.Delay(Pause, clock.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> WhyStopAsync(CancellationToken stop)
    {
        if (injection.Overdue.IsCompleted)
        {
            return await injection.Overdue.ConfigureAwait(false);
        }

        if (haltFile is not null && File.Exists(haltFile))
        {
            return $"the halt file '{haltFile}' exists";
        }

        foreach (var condition in conditions)
        {
            try
            {
                if (await condition.WhyStopAsync(new StopContext(look()), stop).ConfigureAwait(false) is { } reason)
                {
                    return reason;
                }
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                // A watchman who cannot see is no watchman.
                return $"a stop condition could not be evaluated: {exception.Message}";
            }
        }

        return null;
    }
}
