namespace ChaosHarness.Polly;

/// <summary>The calls of a breaker since it was made.</summary>
internal sealed class BreakerCounters
{
    private long _passed;
    private long _rejected;

    public long Passed => Interlocked.Read(ref _passed);

    public long Rejected => Interlocked.Read(ref _rejected);

    public void Pass() => Interlocked.Increment(ref _passed);

    public void Reject() => Interlocked.Increment(ref _rejected);
}
