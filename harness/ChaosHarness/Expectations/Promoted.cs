using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Promotions;

namespace ChaosHarness.Expectations;

/// <summary>Expects a standby to take over, or none.</summary>
public static class Promoted
{
    /// <summary>Exactly one node becomes primary, by the end of observing; none later either.</summary>
    public static Expectation Once => Expectation.Of(
        new PromotionChecker(),
        "promoted once",
        finding => new Judgement(
            finding is { Promotions.Count: 1, ByCut: 1 },
            finding.ToString(),
            finding.Promotions.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{finding.Promotions.Count - 1} too many") : null,
            Held.FigureOf(finding, FigureNames.Promotions),
            1));

    /// <summary>No node becomes primary: what struck was no reason to fail over.</summary>
    public static Expectation Never => Expectation.Of(
        new PromotionChecker(),
        "promoted never",
        finding => new Judgement(
            finding.Promotions.Count == 0,
            finding.ToString(),
            finding.Promotions.Count > 0 ? finding.Promotions.Count.ToString(CultureInfo.InvariantCulture) : null,
            Held.FigureOf(finding, FigureNames.Promotions),
            0));
}
