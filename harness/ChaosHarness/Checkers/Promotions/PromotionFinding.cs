namespace ChaosHarness.Checkers.Promotions;

/// <summary>Which nodes became primary.</summary>
/// <param name="Promotions">Each time that one did, in order.</param>
/// <param name="ByCut">How many of them were known when observing ended.</param>
/// <param name="IsKnown">Whether something struck, and anybody would have heard of a promotion.</param>
public sealed record PromotionFinding(IReadOnlyList<Promotion> Promotions, int ByCut, bool IsKnown)
    : Finding(IsKnown ? [Figure.Exact(FigureNames.Promotions, "", Unit.Count, Promotions.Count, Better.Neither)] : [])
{
    /// <summary>Such as <c>db-b after 1.2s..1.4s</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (IsKnown, Promotions.Count) switch
    {
        (false, _) => "unknown: nothing has struck, or the system says nothing of itself",
        (_, 0) => "no node became primary",
        _ => string.Join(", ", Promotions.Select((promotion, index) => $"{promotion.Node} after {promotion.After}{(index < ByCut ? "" : ", when observing had ended")}")),
    };
}
