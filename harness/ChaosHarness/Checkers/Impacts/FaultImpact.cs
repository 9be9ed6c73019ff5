using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Impacts;

/// <summary>What a signal saw while one fault was there.</summary>
/// <param name="Fault">What it did.</param>
/// <param name="Active">From when it had taken effect to when it began to be undone, or observing ended.</param>
/// <param name="Share">Good requests of those due in that time.</param>
/// <param name="Latencies">Their latencies.</param>
public sealed record FaultImpact(string Fault, TimeWindow Active, Share Share, LatencyDistribution Latencies)
{
    /// <summary>Such as <c>latency 25ms: 99.8% (998 of 1000), p99 180ms</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Fault}: {Share}, p99 {(Latencies.Percentile(99) is { } p99 ? DurationText.Format(p99) : "unknown")}";
}
