using ChaosHarness.Measurement;
using ChaosHarness.Systems;

namespace ChaosHarness.Experiments;

/// <summary>Measures a run from its history: a pure function of what was seen.</summary>
internal static class Analysis
{
    public static Measurements Measure(
        Experiment experiment,
        IReadOnlyList<ObservationSeries> series,
        IReadOnlyList<TimedSignal> signals,
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
            Detections = Detection.Measure(signals, injected, revert),
            Breakers = BreakerBehaviour.Measure(signals, injected, revert),
        };
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
