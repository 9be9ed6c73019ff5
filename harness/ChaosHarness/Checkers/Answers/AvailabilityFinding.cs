namespace ChaosHarness.Checkers.Answers;

/// <summary>How available a signal was.</summary>
/// <param name="Source">The signal.</param>
/// <param name="Share">Exact counts; those that are still open and not overdue count in nothing.</param>
public sealed record AvailabilityFinding(string Source, Share Share) : Finding(FiguresOf(Source, Share))
{
    /// <summary>The counts in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Share.ToString();

    private static IReadOnlyList<Figure> FiguresOf(string source, Share share) =>
        share.Ratio is { } ratio
            ? [Figure.Exact(FigureNames.Availability, source, Unit.Ratio, ratio, Better.Higher), Figure.Exact(FigureNames.DueRequests, source, Unit.Count, share.Due, Better.Neither)]
            : [];
}
