using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Impacts;

internal static class FaultsInForce
{
    extension(FaultWindow fault)
    {
        /// <summary>
        /// From when it had taken effect to when it began to be undone, or observing ended; null when it never struck, or only after that. One
        /// that the system ended itself was there until then.
        /// </summary>
        public TimeWindow? InForce(TimeSpan cut)
        {
            var end = fault.Reverted is { } reverted && reverted.Start < cut ? reverted.Start : cut;
            return fault.Injected is { } injected && injected.End <= end ? new TimeWindow(injected.End, end) : null;
        }
    }
}
