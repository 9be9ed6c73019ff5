namespace ChaosHarness.LocalCloud;

/// <summary>
/// The one clock of what takes AWS its time: boots, checks of health, archives, alarms, failovers, and the durations that experiments name. It only
/// says how long something lasts; points in time are those of this machine, as callers compare them with their own.
/// </summary>
internal sealed class CloudClock(TimeProvider time, double speed)
{
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>How long here is what lasts this long in AWS.</summary>
    public TimeSpan Here(TimeSpan inAws) => inAws / speed;

    /// <summary>The same where real work has to be done meanwhile, which no speed makes faster.</summary>
    public TimeSpan Here(TimeSpan inAws, TimeSpan atLeast) => Here(inAws) is var here && here > atLeast ? here : atLeast;

    /// <summary>Waits for as long as AWS takes.</summary>
    public Task DelayAsync(TimeSpan inAws, CancellationToken cancellationToken) => Task.Delay(Here(inAws), time, cancellationToken);

    /// <summary>Waits until AWS would have taken so long, real work included.</summary>
    /// <param name="since">The timestamp of when it began.</param>
    /// <param name="inAws">How long AWS takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task UntilAsync(long since, TimeSpan inAws, CancellationToken cancellationToken)
    {
        if (Here(inAws) - time.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken);
        }
    }

    /// <summary>Whether in AWS so much time would have passed.</summary>
    public bool HasPassed(DateTime since, TimeSpan inAws) => Now - since > Here(inAws);
}
