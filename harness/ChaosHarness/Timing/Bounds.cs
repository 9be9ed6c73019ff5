
namespace ChaosHarness.Timing;

/// <summary>A duration that is known to lie between two bounds. No upper bound means that the end was never seen.</summary>
/// <param name="Lower">At least this, never negative.</param>
/// <param name="Upper">At most this; null when unbounded.</param>
public readonly record struct Bounds(TimeSpan Lower, TimeSpan? Upper)
{
    /// <summary>How far the bounds are apart; null when unbounded.</summary>
    public TimeSpan? Width => Upper - Lower;

    /// <summary>Whether a duration lies inside, both ends included.</summary>
    /// <param name="duration">The duration.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(TimeSpan duration) => duration >= Lower && (Upper is null || duration <= Upper);

    /// <summary>Whether the duration is surely at most <paramref name="objective"/>: judged on the upper bound.</summary>
    /// <param name="objective">The objective.</param>
    /// <returns>False when unbounded.</returns>
    public bool AtMost(TimeSpan objective) => Upper <= objective;

    /// <summary>Such as <c>1.02s..1.05s</c>, or <c>more than 60s</c> when unbounded; rounding never makes them narrower.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Upper is { } upper
        ? $"{Outward.AtLeast(Lower)}..{Outward.AtMost(upper)}"
        : $"more than {Outward.AtLeast(Lower)}";

    internal Bounds Times(double factor) => new(Lower * factor, Upper * factor);

    internal static Bounds Between(TimeSpan lower, TimeSpan upper)
    {
        var floor = lower < TimeSpan.Zero ? TimeSpan.Zero : lower;
        return new Bounds(floor, upper < floor ? floor : upper);
    }
}
