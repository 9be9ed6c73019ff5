using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Breakers;

/// <summary>What one circuit breaker did in a run, from what it said of itself.</summary>
public sealed record BreakerBehaviour
{
    /// <summary>The breaker, named by its signals.</summary>
    public required string Breaker { get; init; }

    /// <summary>From the first strike to the first opening; null when it did not open by the end of observing.</summary>
    public Bounds? TimeToOpen { get; init; }

    /// <summary>
    /// From the beginning of the way back to the closing that held; zero when that came before. No upper bound when it did not close; null
    /// when it had not opened, or nothing was undone yet.
    /// </summary>
    public Bounds? TimeToClose { get; init; }

    /// <summary>Whether it had closed for good before anything was undone.</summary>
    public bool ClosedBeforeRevert { get; init; }

    /// <summary>Calls let through to the failing dependency while the breaker was open or half open: the price of finding out. Null when it said too little.</summary>
    public CallCount? LetThrough { get; init; }

    /// <summary>Calls refused since the first strike: load kept off the dependency. Null when it said too little.</summary>
    public CallCount? KeptOff { get; init; }

    /// <summary>How often it went half open to try.</summary>
    public required int HalfOpenTrials { get; init; }

    /// <summary>The states from the first strike on, beginning with the one that it had then.</summary>
    public required IReadOnlyList<BreakerState> Sequence { get; init; }

    /// <summary>Changes of state since the first strike.</summary>
    public int Changes => Sequence.Count - 1;

    /// <summary>Such as <c>Closed &gt; Open &gt; HalfOpen &gt; Closed</c>, and whether it was still open at the end.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(" > ", Sequence) + (Sequence[^1], ClosedBeforeRevert) switch
    {
        (not BreakerState.Closed, _) => ", not closed at the end",
        (_, true) => ", closed before anything was undone",
        _ => "",
    };

    internal IEnumerable<Figure> Figures()
    {
        if (TimeToOpen is { } open)
        {
            yield return Seconds(FigureNames.BreakerTimeToOpen, open);
        }

        if (TimeToClose is { } close)
        {
            yield return Seconds(FigureNames.BreakerTimeToClose, close);
        }

        if (LetThrough is { } letThrough)
        {
            yield return new Figure(FigureNames.BreakerLetThrough, Breaker, Unit.Count, letThrough.Lower, letThrough.Upper);
        }

        if (KeptOff is { } keptOff)
        {
            yield return new Figure(FigureNames.BreakerKeptOff, Breaker, Unit.Count, keptOff.Lower, keptOff.Upper, Better.Higher);
        }

        yield return Figure.Exact(FigureNames.BreakerChanges, Breaker, Unit.Count, Changes);
    }

    private Figure Seconds(string name, Bounds bounds) => new(name, Breaker, Unit.Seconds, bounds.Lower.TotalSeconds, bounds.Upper?.TotalSeconds);
}
