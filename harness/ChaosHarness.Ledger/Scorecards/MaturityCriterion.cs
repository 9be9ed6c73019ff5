namespace ChaosHarness.Ledger.Scorecards;

/// <summary>One criterion of maturity, decided by evidence.</summary>
/// <param name="Name">What the pillar asks for.</param>
/// <param name="Rule">What counts as having it.</param>
/// <param name="IsMet">Whether the ledger shows it.</param>
/// <param name="Evidence">Which experiments show it and how recently, or what is missing.</param>
public sealed record MaturityCriterion(string Name, string Rule, bool IsMet, string Evidence)
{
    /// <summary>How a team comes to have it.</summary>
    public string HowTo { get; init; } = "";
}
