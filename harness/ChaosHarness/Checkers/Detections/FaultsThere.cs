using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Detections;

/// <summary>
/// Which faults of the disaster were there when: from their strike to the beginning of their own revert, or for ever when the system
/// ended one itself. Faults that come one after another each have a window of their own.
/// </summary>
internal sealed class FaultsThere(History history)
{
    // All of the history: that a revert had begun by the cut may be known only after it.
    private readonly IReadOnlyList<FaultWindow> _faults = [.. history.Faults.Where(fault => fault is { IsWeakness: false, Injected: not null })];

    public IReadOnlyList<FaultWindow> At(TimeSpan time) => [.. _faults.Where(fault => fault.Injected!.Value.Start <= time && !(WayBackOf(fault) < time))];

    /// <summary>When the first fault of a strike began to be undone; null while none is.</summary>
    public TimeSpan? WayBackOfStrike(int strike) => _faults.Where(fault => fault.Strike == strike).Min(WayBackOf);

    /// <summary>The last moment at which noticing would have counted.</summary>
    public TimeSpan LookedUntil(TimeSpan cut)
    {
        var last = _faults.Max(fault => WayBackOf(fault) ?? TimeSpan.MaxValue);
        return last < cut ? last : cut;
    }

    private static TimeSpan? WayBackOf(FaultWindow fault) => fault.End == FaultEnd.Superseded ? null : fault.Reverted?.Start;
}
