using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;

namespace ChaosHarness.Live;

/// <summary>How far a recovery is.</summary>
/// <param name="Lower">Seconds that it has taken or will take at least.</param>
/// <param name="Upper">Seconds that it took at most; null while it has not recovered.</param>
/// <param name="IsInterrupted">Whether users were seen to be interrupted.</param>
public sealed record LiveRecovery(double Lower, double? Upper, bool IsInterrupted)
{
    internal static LiveRecovery Of(RecoveryFinding finding, History history) => finding.Recovered
        ? new LiveRecovery(finding.Actual.Lower.TotalSeconds, finding.Actual.Upper?.TotalSeconds, finding.Interrupted)
        : new LiveRecovery(Math.Max(finding.Actual.Lower.TotalSeconds, ((history.Cut ?? history.Until) - history.Injection!.Value.Start).TotalSeconds), null, finding.Interrupted);
}
