namespace ChaosHarness.Checkers;

/// <summary>The figures of a finding, as they can be kept: a number that is none would cost the whole record.</summary>
internal static class WrittenFigures
{
    /// <summary>Reads the figures of a finding.</summary>
    /// <param name="checker">Whose they are.</param>
    /// <param name="finding">The finding.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="InvalidOperationException">There are none, or one of them is no number.</exception>
    public static IReadOnlyList<Figure> Of(string checker, Finding finding)
    {
        if (finding.Figures is not { } figures || figures.Any(figure => figure is null))
        {
            throw new InvalidOperationException($"the checker '{checker}' gave a figure that is null");
        }

        return figures.FirstOrDefault(figure => !IsNumber(figure.Lower) || !IsNumber(figure.Upper)) is { } wrong
            ? throw new InvalidOperationException($"the checker '{checker}' gave {FigureText.NameOf(wrong)} a bound that is no finite number; what is unbounded is null")
            : [.. figures];
    }

    private static bool IsNumber(double? bound) => bound is null || double.IsFinite(bound.Value);
}
