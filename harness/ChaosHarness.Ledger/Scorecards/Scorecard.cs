using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.FollowUps;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>What a ledger says of disaster recovery at one moment: everything that a report shows.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="GeneratedAt">The moment, UTC.</param>
/// <param name="Ledger">The ledger, without secrets.</param>
/// <param name="Success">The share of tests that passed, in 30, 90 and 365 days.</param>
/// <param name="Maturity">The maturity, by evidence.</param>
/// <param name="Metrics">The success metrics of the reliability pillar.</param>
/// <param name="Experiments">The experiments, those in trouble first.</param>
/// <param name="Money">What outages cost; null unless a minute has a price.</param>
/// <param name="Warnings">What makes the ledger less than whole, such as runs from the future.</param>
public sealed record Scorecard(
    string Title,
    DateTimeOffset GeneratedAt,
    string Ledger,
    IReadOnlyList<SuccessRateOfPeriod> Success,
    Maturity Maturity,
    IReadOnlyList<SuccessMetric> Metrics,
    IReadOnlyList<ExperimentCard> Experiments,
    MoneyAtRisk? Money,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The end of the ledger's chain when this was read; null where nothing is chained yet.</summary>
    public LedgerHead? Head { get; init; }

    /// <summary>The findings that have to be mended: those that are late first, then the worst, then those that are due first.</summary>
    public IReadOnlyList<FollowUp> FollowUps { get; init; } = [];

    /// <summary>Those of them that had to be mended by now.</summary>
    public IReadOnlyList<FollowUp> OverdueFollowUps => [.. FollowUps.Where(followUp => followUp.IsOverdue(GeneratedAt))];

    /// <summary>The experiments that ran in several places, side by side.</summary>
    public IReadOnlyList<ComparedExperiment> Compared => ComparedExperiment.Of(Experiments);

    /// <summary>The experiments with an objective at risk.</summary>
    public IReadOnlyList<ExperimentCard> AtRisk => [.. Experiments.Where(experiment => experiment.Risks.Count > 0)];

    /// <summary>The experiments that have not been tested for too long.</summary>
    public IReadOnlyList<ExperimentCard> Overdue => [.. Experiments.Where(experiment => experiment.IsOverdue)];

    /// <summary>The experiments that never came to a conclusion, and are not overdue yet.</summary>
    public IReadOnlyList<ExperimentCard> NeverConcluded => [.. Experiments.Where(experiment => experiment is { HasNeverConcluded: true, IsOverdue: false })];
}
