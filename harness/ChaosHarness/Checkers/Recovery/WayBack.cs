using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>Whether a signal came back before anything was undone, and how long after that it did where it was not.</summary>
/// <param name="HealedByItself">Whether it had surely recovered before; null where it was not interrupted.</param>
/// <param name="AfterRevert">From the beginning of the first revert to being served; null where it healed by itself, or nothing was undone.</param>
internal readonly record struct WayBack(bool? HealedByItself, Bounds? AfterRevert)
{
    /// <summary>Compares a recovery with the way back.</summary>
    /// <param name="bounds">The recovery, as it was known at the cut.</param>
    /// <param name="began">When the first revert began; null while none has.</param>
    /// <param name="settings">What it was measured by.</param>
    /// <param name="afterwards">The requests of the whole run: reverting is also looked at after the cut, since it makes nothing look better.</param>
    public static WayBack Of(RecoveryBounds bounds, TimeSpan? began, RecoverySettings settings, Func<IRequests> afterwards) => (bounds, began) switch
    {
        ({ Interrupted: false }, _) => default,
        ({ Recovered: true }, null) => new WayBack(true, null),
        ({ Recovered: false }, null) => new WayBack(false, null),
        ({ Recovered: true }, { } start) when bounds.ServedFrom <= start => new WayBack(true, null),
        ({ Recovered: true }, { } start) => new WayBack(false, bounds.Actual(new TimeWindow(start, start))),
        (_, { } start) => new WayBack(false, Since(start, settings, afterwards())),
    };

    private static Bounds Since(TimeSpan start, RecoverySettings settings, IRequests requests)
    {
        var window = new TimeWindow(start, start);
        return RecoveryBounds.Of(new KnownRequests(requests), settings.Rule, window, settings.Stability).Actual(window);
    }
}
