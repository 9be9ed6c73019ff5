using ChaosHarness.Checkers;

namespace ChaosHarness.Experiments;

/// <summary>
/// A signal that nobody saw interrupted recovered within the longest interruption that could have gone unseen: so its recovery time is known, and comparable
/// with that of the runs in which something was seen.
/// </summary>
public static class UnseenRecoveries
{
    /// <summary>Completes the figures of a run.</summary>
    /// <param name="figures">The figures.</param>
    /// <returns>The same, with a recovery time for each signal that has none and was not interrupted.</returns>
    public static IReadOnlyList<RecordedFigure> In(IReadOnlyList<RecordedFigure> figures)
    {
        var measured = figures.Named(FigureNames.RecoveryTime).Select(recorded => recorded.Figure.Subject).ToHashSet(StringComparer.Ordinal);
        return figures.Any(IsMissing)
            ? [.. figures.SelectMany(recorded => IsMissing(recorded) ? [recorded with { Figure = recorded.Figure with { Name = FigureNames.RecoveryTime, Lower = 0 } }, recorded] : new[] { recorded })]
            : figures;

        bool IsMissing(RecordedFigure recorded) => recorded.Figure is { Name: FigureNames.UnseenInterruption, Upper: not null } && !measured.Contains(recorded.Figure.Subject);
    }
}
