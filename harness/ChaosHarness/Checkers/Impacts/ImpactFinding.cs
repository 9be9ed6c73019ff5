namespace ChaosHarness.Checkers.Impacts;

/// <summary>What each fault did.</summary>
/// <param name="Impacts">One entry a fault that struck, in the order in which they were planned.</param>
public sealed record ImpactFinding(IReadOnlyList<FaultImpact> Impacts) : Finding(FiguresOf(Impacts))
{
    /// <summary>One fault after another.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Impacts.Count == 0 ? "nothing has struck" : string.Join("; ", Impacts);

    // Of a single fault it would say what the availability says.
    private static IReadOnlyList<Figure> FiguresOf(IReadOnlyList<FaultImpact> impacts) =>
    [
        .. impacts
            .Where(impact => impacts.Count > 1 && impact.Share.Ratio is not null)
            .Select(impact => Figure.Exact(FigureNames.ImpactAvailability, impact.Fault, Unit.Ratio, impact.Share.Ratio!.Value, Better.Higher)),
    ];
}
