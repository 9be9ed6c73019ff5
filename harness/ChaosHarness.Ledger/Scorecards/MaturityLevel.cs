namespace ChaosHarness.Ledger.Scorecards;

/// <summary>One level of maturity.</summary>
/// <param name="Number">1 to 4.</param>
/// <param name="Name">What the pillar calls it.</param>
/// <param name="Criteria">What has to be shown.</param>
public sealed record MaturityLevel(int Number, string Name, IReadOnlyList<MaturityCriterion> Criteria)
{
    /// <summary>Whether all of it is shown.</summary>
    public bool IsMet => Criteria.All(criterion => criterion.IsMet);
}
