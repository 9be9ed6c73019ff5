using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Decisions;

/// <summary>How long people took.</summary>
public sealed record DecisionFinding : Finding
{
    internal DecisionFinding(Bounds? decision, TimeSpan? action)
        : base(FiguresOf(decision, action)) => (TimeToDecide, TimeToAct) = (decision, action);

    /// <summary>From the first alert, or from the strike where nothing alerted, to the first decision after it; null when nobody decided.</summary>
    public Bounds? TimeToDecide { get; }

    /// <summary>From that decision to its being carried out; null when nobody said that it was.</summary>
    public TimeSpan? TimeToAct { get; }

    /// <summary>Such as <c>decided after 41s..42s, done 1m10s later</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (TimeToDecide, TimeToAct) switch
    {
        (null, _) => "nobody decided anything",
        ({ } decision, null) => $"decided after {decision}",
        ({ } decision, { } action) => $"decided after {decision}, done {DurationText.Format(action)} later",
    };

    private static List<Figure> FiguresOf(Bounds? decision, TimeSpan? action)
    {
        var figures = new List<Figure>();
        if (decision is { } decided)
        {
            figures.Add(new Figure(FigureNames.TimeToDecide, "", Unit.Seconds, decided.Lower.TotalSeconds, decided.Upper?.TotalSeconds));
        }

        if (action is { } acted)
        {
            figures.Add(Figure.Exact(FigureNames.TimeToAct, "", Unit.Seconds, acted.TotalSeconds));
        }

        return figures;
    }
}
