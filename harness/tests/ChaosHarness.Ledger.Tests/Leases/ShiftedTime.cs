namespace ChaosHarness.Ledger.Tests.Leases;

/// <summary>The time of a machine whose clock is wrong: it runs well, and tells another date.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
