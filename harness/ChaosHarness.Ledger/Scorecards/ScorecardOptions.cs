namespace ChaosHarness.Ledger.Scorecards;

/// <summary>What a scorecard is told that no run knows.</summary>
public sealed record ScorecardOptions
{
    /// <summary>What stands above it.</summary>
    /// <value>Default: <c>Disaster recovery scorecard</c>.</value>
    public string Title { get; init; } = "Disaster recovery scorecard";

    /// <summary>After how many days without a conclusive run an experiment is overdue, by profile.</summary>
    /// <value>Default: nightly 7, failover-drill 100, game-day 100: a quarter, and a week to be late.</value>
    public IReadOnlyDictionary<string, int> OverdueAfterDays { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal) { ["nightly"] = 7, ["failover-drill"] = 100, ["game-day"] = 100 };

    /// <summary>The same for other profiles, and for none.</summary>
    /// <value>Default: 31.</value>
    public int OverdueAfterDaysOtherwise { get; init; } = 31;

    /// <summary>The ids of experiments that are no longer run, and not missed.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Retired { get; init; } = [];

    /// <summary>What a minute of outage costs.</summary>
    /// <value>Default: null, nothing is said of money.</value>
    public decimal? CostPerMinute { get; init; }

    /// <summary>The currency of the costs.</summary>
    /// <value>Default: <c>USD</c>.</value>
    public string Currency { get; init; } = "USD";

    /// <summary>How often each failure is expected in a year, by the id of the experiment.</summary>
    /// <value>Default: once each.</value>
    public IReadOnlyDictionary<string, double> FailuresPerYear { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>By what share a metric may get worse before an objective is called at risk.</summary>
    /// <value>Default: 0.2.</value>
    public double MaximumRegression { get; init; } = 0.2;
}
