namespace ChaosHarness.Experiments;

/// <summary>Finds figures of a run by their names.</summary>
public static class NamedFigures
{
    /// <summary>
    /// The figure that stands for its name where one line is all that there is room for: of the system as a whole where that was measured, else the
    /// first that was held against an objective, else the first.
    /// </summary>
    /// <param name="figures">The figures of one run.</param>
    /// <param name="name">A name, such as <c>recovery time</c>.</param>
    /// <returns>The figure; null when nobody looked for it.</returns>
    public static RecordedFigure? Main(this IReadOnlyList<RecordedFigure> figures, string name)
    {
        ArgumentNullException.ThrowIfNull(figures);
        RecordedFigure? main = null;
        foreach (var candidate in figures)
        {
            if (candidate.Figure.Name != name)
            {
                continue;
            }

            if (candidate.Figure.Subject.Length == 0)
            {
                return candidate;
            }

            main = main is null || (main.Objective is null && candidate.Objective is not null) ? candidate : main;
        }

        return main;
    }

    /// <summary>All figures of a name, one a subject.</summary>
    /// <param name="figures">The figures of one run.</param>
    /// <param name="name">A name, such as <c>breaker changes</c>.</param>
    /// <returns>The figures, in their order.</returns>
    public static IEnumerable<RecordedFigure> Named(this IReadOnlyList<RecordedFigure> figures, string name)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return figures.Where(recorded => recorded.Figure.Name == name);
    }
}
