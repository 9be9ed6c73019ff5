using ChaosHarness.Measurement;

namespace ChaosHarness.Experiments;

/// <summary>Everything that was measured in a run. What could not be measured is null.</summary>
public sealed record Measurements
{
    /// <summary>The signal that recovery, availability and latency were measured on.</summary>
    public string? Signal { get; init; }

    /// <summary>RTA: recovery time actual.</summary>
    public RecoveryTime? Recovery { get; init; }

    /// <summary>RPA: recovery point actual.</summary>
    public DataLoss? DataLoss { get; init; }

    /// <summary>Availability from the injection to the end of observing.</summary>
    public Availability? Availability { get; init; }

    /// <summary>Latency before the injection.</summary>
    public LatencySummary? LatencyBefore { get; init; }

    /// <summary>Latency from the injection to the end of observing.</summary>
    public LatencySummary? LatencyDuring { get; init; }

    /// <summary>How the latencies from the injection to the end of observing were spread.</summary>
    public IReadOnlyList<LatencyBucket> LatencyHistogram { get => field ?? []; init; }

    /// <summary>What each fault did, where there are several, in the order of their injection.</summary>
    public IReadOnlyList<FaultImpact> Impacts { get => field ?? []; init; }

    /// <summary>Who noticed, the quickest first. The first one's time is the TTD, time to detect.</summary>
    public IReadOnlyList<Detection> Detections { get => field ?? []; init; }

    /// <summary>What each circuit breaker did.</summary>
    public IReadOnlyList<BreakerBehaviour> Breakers { get => field ?? []; init; }
}
