using ChaosHarness.Checkers;
using ChaosHarness.Experiments;

namespace ChaosHarness.Ledger.Rows;

/// <summary>The values of a figure of a run as the database holds them: an exact value has no upper bound, and what was not found an infinite one.</summary>
internal readonly record struct FigureRow(long FigureNo, double? Lower, double? Upper, double? Objective, bool? Met)
{
    public static FigureRow Of(long number, RecordedFigure recorded)
    {
        var (lower, upper) = (Known(recorded.Figure.Lower), Known(recorded.Figure.Upper) ?? double.PositiveInfinity);
        return new FigureRow(number, lower, upper.Equals(lower) ? null : upper, Known(recorded.Objective), recorded.Met);
    }

    public RecordedFigure ToFigure(FigureName name)
    {
        var upper = Upper ?? Lower;
        return new RecordedFigure(new Figure(name.Name, name.Subject, name.Unit, Lower, double.IsPositiveInfinity(upper ?? double.PositiveInfinity) ? null : upper, name.Better), Objective, Met);
    }

    // No database keeps what is no number.
    private static double? Known(double? value) => value is { } number && !double.IsNaN(number) ? number : null;
}
