namespace ChaosHarness.Benchmarks.Histories;

/// <summary>A clock that stands where it was set.</summary>
internal sealed class SetTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Set(TimeSpan now) => Interlocked.Exchange(ref _ticks, now.Ticks);
}
