using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Measurement;

/// <summary>Who noticed the fault, and how long that took; and when the same source said that all was well again.</summary>
/// <param name="Source">The source of the signal, such as a load balancer's health check.</param>
/// <param name="Detail">What it said.</param>
/// <param name="TimeToDetect">From the injection to the signal.</param>
/// <param name="TimeToReinstate">From the revert to the source's next recovery signal; null when it gave none after the revert.</param>
public sealed record Detection(string Source, string Detail, Bounds TimeToDetect, Bounds? TimeToReinstate)
{
    /// <summary>Finds the first detection signal of each source.</summary>
    /// <param name="signals">All signals of the run, in order.</param>
    /// <param name="injection">When the injection began and ended.</param>
    /// <param name="revert">When the revert began and ended; null when there was none yet.</param>
    /// <returns>One entry a source, the quickest first: its time is the TTD.</returns>
    public static IReadOnlyList<Detection> Measure(IReadOnlyList<TimedSignal> signals, TimeWindow injection, TimeWindow? revert)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var found = new List<Detection>();
        foreach (var signal in signals)
        {
            var isNew = signal.Signal.Kind == SignalKind.Detected && signal.At >= injection.Start
                && (revert is null || signal.At <= revert.Value.Start)
                && found.TrueForAll(detection => detection.Source != signal.Signal.Source);
            if (isNew)
            {
                found.Add(new Detection(
                    signal.Signal.Source,
                    signal.Signal.Detail,
                    injection.Until(signal.At, signal.At),
                    Reinstatement(signals, signal.Signal.Source, revert)));
            }
        }

        return found;
    }

    private static Bounds? Reinstatement(IReadOnlyList<TimedSignal> signals, string source, TimeWindow? revert)
    {
        if (revert is not { } window)
        {
            return null;
        }

        foreach (var signal in signals)
        {
            if (signal.Signal.Kind == SignalKind.Recovered && signal.Signal.Source == source && signal.At >= window.Start)
            {
                return window.Until(signal.At, signal.At);
            }
        }

        return null;
    }
}
