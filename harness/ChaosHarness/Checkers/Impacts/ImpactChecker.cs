using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Impacts;

/// <summary>Finds what each fault of the disaster did, in its own time: how much of it a system bears shows fault by fault.</summary>
/// <param name="Source">A probe or workload; null for the judged signal.</param>
public sealed record ImpactChecker(string? Source = null) : IChecker<ImpactFinding>
{
    /// <inheritdoc/>
    public string Name => Source is null ? "impact of each fault" : $"impact of each fault on {Source}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => Source is null ? [] : [Source];

    /// <inheritdoc/>
    public ImpactFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var atCut = history.AtCut;
        var operations = atCut.Judged(Source);
        var impacts = new List<FaultImpact>();
        // All of the history: that a fault had begun to be undone by the cut may be known only after it.
        foreach (var fault in history.Faults.Where(fault => !fault.IsWeakness))
        {
            if (fault.InForce(atCut.Until) is { } window)
            {
                impacts.Add(new FaultImpact(fault.Name, window, operations.ShareOf(window), LatencyDistribution.Of(operations, window)));
            }
        }

        return new ImpactFinding(impacts);
    }
}
