using ChaosHarness.Checkers.Detections;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Decisions;

/// <summary>Finds how long people took to decide once they could know of the disaster, and to do what they had decided: a part of the recovery that no machine shortens.</summary>
public sealed record DecisionChecker : IChecker<DecisionFinding>
{
    /// <inheritdoc/>
    public string Name => "decisions";

    /// <inheritdoc/>
    public DecisionFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.FirstStrike is not { } strike || First(history, MarkKind.Decided, strike.Start) is not { } decided)
        {
            return new DecisionFinding(null, null);
        }

        // An alert that comes after the decision did not lead to it.
        var alert = new DetectionChecker().Check(history).Detections.Where(detection => detection.At <= decided).ToList();
        var from = alert.Count > 0 ? new TimeWindow(alert.Min(detection => detection.NotBefore), alert[0].At) : strike;
        return new DecisionFinding(from.Until(decided, decided), First(history, MarkKind.Acted, decided) - decided);
    }

    private static TimeSpan? First(History history, MarkKind kind, TimeSpan from) =>
        history.Marks.Where(mark => mark.Kind == kind && mark.At >= from).Select(mark => (TimeSpan?)mark.At).FirstOrDefault();
}
