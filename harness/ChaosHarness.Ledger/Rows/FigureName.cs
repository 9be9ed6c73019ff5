using ChaosHarness.Checkers;

namespace ChaosHarness.Ledger.Rows;

/// <summary>What the figures of many runs are: all of a figure but its values.</summary>
internal sealed record FigureName(string Name, string Subject, Unit Unit, Better Better)
{
    public static FigureName Of(Figure figure) => new(figure.Name, figure.Subject, figure.Unit, figure.Better);
}
