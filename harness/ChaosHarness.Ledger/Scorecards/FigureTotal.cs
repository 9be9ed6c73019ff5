namespace ChaosHarness.Ledger.Scorecards;

/// <summary>One figure over the runs of 90 days of one series and one kind.</summary>
/// <param name="SeriesNo">The number of the series.</param>
/// <param name="KindNo">The number of the kind.</param>
/// <param name="FigureNo">The number of the figure.</param>
internal sealed record FigureTotal(long SeriesNo, long KindNo, long FigureNo)
{
    /// <summary>In how many runs it was held against an objective.</summary>
    public long Held { get; private set; }

    /// <summary>In how many it has a lower bound, the sum of these, and the largest.</summary>
    public long Known { get; private set; }

    public double Lower { get; private set; }

    public double? Largest { get; private set; }

    /// <summary>In how many it has an upper bound, and the sum of these.</summary>
    public long Ended { get; private set; }

    public double Upper { get; private set; }

    /// <summary>Counts a run.</summary>
    /// <param name="lower">Its lower bound; negative infinity where it is not known.</param>
    /// <param name="upper">Its upper bound; infinity where it has none.</param>
    /// <param name="isHeld">Whether it was held against an objective.</param>
    public void Add(double lower, double upper, bool isHeld)
    {
        Held += isHeld ? 1 : 0;
        if (lower > double.NegativeInfinity)
        {
            Known++;
            Lower += lower;
            Largest = Math.Max(Largest ?? lower, lower);
        }

        if (upper < double.PositiveInfinity)
        {
            Ended++;
            Upper += upper;
        }
    }

    /// <summary>Of the runs of both.</summary>
    public FigureTotal Plus(FigureTotal other) => this with
    {
        Held = Held + other.Held,
        Known = Known + other.Known,
        Lower = Lower + other.Lower,
        Largest = Largest is { } one && other.Largest is { } another ? Math.Max(one, another) : Largest ?? other.Largest,
        Ended = Ended + other.Ended,
        Upper = Upper + other.Upper,
    };
}
