namespace ChaosHarness.Checkers.Recovery;

/// <summary>The figures of a recovery.</summary>
internal static class RecoveryFigures
{
    public static IReadOnlyList<Figure> Of(string signal, RecoveryMeasurement? measured, Lazy<WayBack> wayBack)
    {
        if (measured is null)
        {
            return [];
        }

        // Of one that was seen neither interrupted nor served, nothing is known: it may have been either.
        var figures = new List<Figure> { measured.Bounds is { Interrupted: false, Recovered: false } ? new Figure(FigureNames.RecoveryTime, signal, Unit.Seconds, null, null) : Seconds(FigureNames.RecoveryTime, measured.Actual) };
        if (measured.Estimate is { } estimate)
        {
            // It describes: the time that is compared from run to run is the one that nothing is assumed for.
            figures.Add(Seconds(FigureNames.RecoveryTimeEstimate, estimate.Actual) with { Better = Better.Neither });
        }

        if (measured.LongestUnseen is { } unseen)
        {
            figures.Add(Figure.Exact(FigureNames.UnseenInterruption, signal, Unit.Seconds, unseen.TotalSeconds));
        }

        if (wayBack.Value.AfterRevert is { } after)
        {
            figures.Add(Seconds(FigureNames.TimeAfterRevert, after));
        }

        if (wayBack.Value.HealedByItself is { } healed)
        {
            figures.Add(Figure.Exact(FigureNames.HealedByItself, signal, Unit.Count, healed ? 1 : 0, Better.Higher));
        }

        return figures;

        Figure Seconds(string name, Timing.Bounds bounds) => new(name, signal, Unit.Seconds, bounds.Lower.TotalSeconds, bounds.Upper?.TotalSeconds);
    }
}
