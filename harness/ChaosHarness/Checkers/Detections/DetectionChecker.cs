using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Detections;

/// <summary>
/// Finds who noticed the disaster while a fault of it was there, by what was known when observing ended, and when the same source said
/// that all was well again.
/// </summary>
public sealed record DetectionChecker : IChecker<DetectionFinding>
{
    /// <inheritdoc/>
    public string Name => "detection";

    /// <inheritdoc/>
    public DetectionFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.FirstStrike is not { } strike)
        {
            return DetectionFinding.OfNothing;
        }

        var faults = new FaultsThere(history);
        var sources = history.Signals.GroupBy(signal => signal.Source, StringComparer.Ordinal).Select(signals => new SourceOfSignals([.. signals]));
        var detections = sources.Select(source => source.Find(history, strike, faults)).OfType<Detection>().OrderBy(detection => detection.At).ToList();
        return new DetectionFinding(detections, strike, history.HasSignalSources ? faults.LookedUntil(history.AtCut.Until) : null);
    }
}
