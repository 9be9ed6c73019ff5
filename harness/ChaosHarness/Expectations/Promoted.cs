using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Promotions;
using ChaosHarness.Systems;

namespace ChaosHarness.Expectations;

/// <summary>Expects a standby to take over, or none to.</summary>
public static class Promoted
{
    /// <summary>What the system says when a node becomes primary; the source is the node. For steps of a schedule that come after it.</summary>
    public static SignalMatch Signal { get; } = new(SignalKind.Promoted);

    /// <summary>Exactly one node becomes primary, by the end of observing; none later either.</summary>
    public static Expectation Once => Expect("promoted once", 1, finding => finding is { Promotions.Count: 1, ByCut: 1 });

    /// <summary>No node becomes primary, and somebody would have said so.</summary>
    public static Expectation Never => Expect("promoted never", 0, finding => finding is { Promotions.Count: 0, IsKnown: true });

    private static Expectation Expect(string text, int wanted, Predicate<PromotionFinding> isMet) => Expectation.Of(
        new PromotionChecker(),
        text,
        finding => new Judgement(
            isMet(finding),
            finding.ToString(),
            finding.Promotions.Count > wanted ? string.Create(CultureInfo.InvariantCulture, $"{finding.Promotions.Count - wanted} too many") : null,
            Held.FigureOf(finding, FigureNames.Promotions),
            wanted));
}
