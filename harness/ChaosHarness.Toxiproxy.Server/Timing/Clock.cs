namespace ChaosHarness.Toxiproxy.Server.Timing;

/// <summary>The server's one clock: moments since it started, and timers.</summary>
/// <param name="time">Where time comes from.</param>
internal sealed class Clock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Now => time.GetElapsedTime(_start);

    public ITimer CreateTimer(Action callback) =>
        time.CreateTimer(static state => ((Action)state!)(), callback, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
