using ChaosHarness.Histories;
using ChaosHarness.Systems;

namespace ChaosHarness.Checkers.Writes;

/// <summary>Which node was surely primary when, by what the system said of promotions.</summary>
internal sealed class Primaries(IReadOnlyList<SignalEvent> signals)
{
    // In the order in which they were received, so by their latest times.
    private readonly List<SignalEvent> _promotions = [.. signals.Where(signal => signal.Kind == SignalKind.Promoted)];

    public bool AreKnown => _promotions.Count > 0;

    /// <summary>
    /// Whether a node acknowledged what it had no right to: it was sent when another node had surely become primary, and nothing says
    /// that this one can have become it again by then. One sent before may rightly be acknowledged by the old primary a moment after.
    /// </summary>
    public bool WasDeposed(string node, TimeSpan sent, TimeSpan acknowledged)
    {
        var last = _promotions.FindLastIndex(promotion => promotion.Latest <= sent);
        return last >= 0
            && _promotions[last].Source != node
            && !_promotions.Exists(promotion => promotion.Source == node && promotion.Latest > sent && promotion.Earliest <= acknowledged);
    }
}
