namespace ChaosHarness.Ledger.Scorecards;

/// <summary>How many runs of a year were of one series and one kind.</summary>
internal sealed class CountRow
{
    public long SeriesNo { get; set; }

    public long KindNo { get; set; }

    public long Runs { get; set; }

    public long Runs90 { get; set; }

    public long Runs30 { get; set; }

    public long Last { get; set; }
}
