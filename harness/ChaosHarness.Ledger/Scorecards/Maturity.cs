namespace ChaosHarness.Ledger.Scorecards;

/// <summary>How mature recovery is, by evidence alone.</summary>
/// <param name="Level">The highest level of which, and of all below, every criterion is met; 0 when not even the first is.</param>
/// <param name="Levels">The four levels.</param>
public sealed record Maturity(int Level, IReadOnlyList<MaturityLevel> Levels)
{
    /// <summary>What is missing for the next level; empty at the top.</summary>
    public IReadOnlyList<MaturityCriterion> Missing => Level < Levels.Count ? [.. Levels[Level].Criteria.Where(criterion => !criterion.IsMet)] : [];
}
