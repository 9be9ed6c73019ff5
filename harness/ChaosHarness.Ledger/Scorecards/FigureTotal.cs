namespace ChaosHarness.Ledger.Scorecards;

/// <summary>One figure over the runs of 90 days of one series and one kind.</summary>
internal sealed class FigureTotal
{
    public long SeriesNo { get; set; }

    public long KindNo { get; set; }

    public long FigureNo { get; set; }

    /// <summary>In how many runs it was held against an objective.</summary>
    public long Held { get; set; }

    /// <summary>In how many it has a lower bound, the sum of these, and the largest.</summary>
    public long Known { get; set; }

    public double Lower { get; set; }

    public double? Largest { get; set; }

    /// <summary>In how many it has an upper bound, and the sum of these.</summary>
    public long Ended { get; set; }

    public double Upper { get; set; }
}
