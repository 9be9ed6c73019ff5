using ChaosHarness.Faults;
using ChaosHarness.Measurement;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>Measures a run from its history: a pure function of what was seen.</summary>
internal static class Analysis
{
    public static Measurements Measure(
        Experiment experiment,
        IReadOnlyList<ObservationSeries> series,
        IReadOnlyList<TimedSignal> signals,
        IReadOnlyList<FaultRecord> faults,
        TimeWindow? injection,
        TimeWindow? revert,
        TimeSpan observedUntil)
    {
        var judged = series.FirstOrDefault(candidate => candidate.Source == experiment.RecoverySignal);
        if (judged is null || injection is not { } injected)
        {
            return new Measurements { Signal = experiment.RecoverySignal };
        }

        var fault = new TimeWindow(injected.Start, Max(observedUntil, injected.End));
        return new Measurements
        {
            Signal = judged.Source,
            Recovery = observedUntil > TimeSpan.Zero
                ? RecoveryTime.Measure(judged.Observations, injected, observedUntil, experiment.StabilityWindow)
                : null,
            Availability = Availability.Measure(judged.Observations, fault),
            LatencyBefore = LatencySummary.Measure(judged.Observations, new TimeWindow(TimeSpan.Zero, injected.Start)),
            LatencyDuring = LatencySummary.Measure(judged.Observations, fault),
            LatencyHistogram = LatencyBucket.Measure(judged.Observations, fault),
            Impacts = Impacts(judged, [.. faults.Where(entry => entry.Injected.Start >= injected.Start)], observedUntil),
            Detections = Detection.Measure(signals, injected, revert),
            Breakers = BreakerBehaviour.Measure(signals, injected, revert),
        };
    }

    private static IReadOnlyList<FaultImpact> Impacts(ObservationSeries judged, IReadOnlyList<FaultRecord> faults, TimeSpan observedUntil) =>
        faults.Count > 1 ? FaultImpact.Measure(judged.Observations, faults.Select(entry => (entry.Description, Active(entry, observedUntil)))) : [];

    // A fault that was undone only after the observing had ended counts to that end.
    private static TimeWindow Active(FaultRecord fault, TimeSpan observedUntil) => new(fault.Injected.End, Max(fault.Injected.End, fault.Reverted?.Start ?? observedUntil));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
