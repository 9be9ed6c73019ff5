using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers;

/// <summary>Figures as people read them.</summary>
public static class FigureText
{
    /// <summary>What a figure is of: <c>recovery time of orders</c>.</summary>
    /// <param name="figure">The figure.</param>
    /// <returns>Its name, and its subject where it has one.</returns>
    public static string NameOf(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Subject.Length == 0 ? figure.Name : $"{figure.Name} of {figure.Subject}";
    }

    /// <summary>What a figure came to: <c>1.02s..1.05s</c>, <c>more than 60s</c>, <c>99.9%</c>, <c>not known</c>.</summary>
    /// <param name="figure">The figure.</param>
    /// <returns>Its bounds; one number where it is exact.</returns>
    public static string ValueOf(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return (figure.Lower, figure.Upper) switch
        {
            (null, null or double.PositiveInfinity) => "not known",
            (null, { } upper) => "at most " + Number(upper, figure.Unit),
            ({ } lower, null or double.PositiveInfinity) => "more than " + Number(lower, figure.Unit),
            ({ } lower, { } upper) when lower.Equals(upper) => Number(lower, figure.Unit),
            ({ } lower, { } upper) => $"{Number(lower, figure.Unit)}..{Number(upper, figure.Unit)}",
        };
    }

    private static string Number(double value, Unit unit)
    {
        if (unit == Unit.Seconds && Math.Abs(value) < TimeSpan.MaxValue.TotalSeconds)
        {
            return DurationText.Format(TimeSpan.FromSeconds(value));
        }

        if (unit == Unit.Ratio)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Percent(value):0.###}%");
        }

        var number = value.ToString("0.###", CultureInfo.InvariantCulture);
        return unit == Unit.Count ? number : $"{number} {unit}";
    }

    // What is not all of it must not read as all of it.
    private static double Percent(double ratio) => ratio < 1 ? Math.Min(Math.Round(ratio * 100, 3), 99.999) : ratio * 100;
}
