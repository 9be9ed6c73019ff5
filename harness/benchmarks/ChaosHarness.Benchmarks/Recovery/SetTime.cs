namespace ChaosHarness.Benchmarks.Recovery;

/// <summary>A clock that stands where it was set.</summary>
internal sealed class SetTime : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
