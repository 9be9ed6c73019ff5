using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>What the recovery of a source is measured by.</summary>
/// <param name="SlowThreshold">A good answer that takes longer is slow; null when none is.</param>
/// <param name="Timeout">A request that takes longer has failed.</param>
/// <param name="Stability">How long it has to stay well.</param>
/// <param name="Injection">From the beginning of the strike to its having taken effect.</param>
/// <param name="Steady">The steady state: it ends when anything strikes first.</param>
internal sealed record RecoverySettings(TimeSpan? SlowThreshold, TimeSpan Timeout, Stability Stability, TimeWindow Injection, TimeWindow Steady)
{
    public RequestRule Rule => RequestRule.WithoutAssumption(SlowThreshold, Timeout);
}
