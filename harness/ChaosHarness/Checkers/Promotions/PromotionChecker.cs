using ChaosHarness.Histories;
using ChaosHarness.Systems;

namespace ChaosHarness.Checkers.Promotions;

/// <summary>Finds which nodes became primary since the first strike. All of a history is read: one promotion too many counts whenever it comes.</summary>
public sealed record PromotionChecker : IChecker<PromotionFinding>
{
    /// <inheritdoc/>
    public string Name => "promotions";

    /// <inheritdoc/>
    public PromotionFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        IReadOnlyList<Promotion> promotions = history.FirstStrike is { } strike
            ?
            [
                .. history.Signals
                    .Where(signal => signal.Kind == SignalKind.Promoted && signal.Latest >= strike.Start)
                    .Select(signal => new Promotion(signal.Source, strike.Until(signal.Earliest, signal.Latest), signal.Latest)),
            ]
            : [];
        return new PromotionFinding(promotions, promotions.Count(promotion => promotion.At <= history.AtCut.Until), history.FirstStrike is not null && history.HasSignalSources);
    }
}
