using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Measurement;

/// <summary>What one circuit breaker did in a run, from its own events.</summary>
public sealed record BreakerBehaviour
{
    /// <summary>The breaker, named by its signals.</summary>
    public required string Breaker { get; init; }

    /// <summary>From the injection to the first opening; null when it never opened.</summary>
    public Bounds? TimeToOpen { get; init; }

    /// <summary>From the revert to the closing that held; null when it did not close after the revert.</summary>
    public Bounds? TimeToClose { get; init; }

    /// <summary>Calls let through to the failing dependency while the breaker was open or half open: the price of finding out.</summary>
    public required long LetThrough { get; init; }

    /// <summary>Calls refused since the injection: load kept off the dependency.</summary>
    public required long KeptOff { get; init; }

    /// <summary>How often it went half open to try.</summary>
    public required int HalfOpenTrials { get; init; }

    /// <summary>The states from the injection on, beginning with the one that it had then.</summary>
    public required IReadOnlyList<BreakerState> Sequence { get; init; }

    /// <summary>Changes of state since the injection.</summary>
    public int Transitions => Sequence.Count - 1;

    /// <summary>Such as <c>Closed &gt; Open &gt; HalfOpen &gt; Closed</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(" > ", Sequence);

    /// <summary>Measures every breaker that said something.</summary>
    /// <param name="signals">All signals of the run, in order; a breaker that says nothing before the injection was closed.</param>
    /// <param name="injection">When the injection began and ended.</param>
    /// <param name="revert">When the revert began and ended; null when there was none.</param>
    /// <returns>One entry a breaker, by name. Counters run up to its last event.</returns>
    public static IReadOnlyList<BreakerBehaviour> Measure(IReadOnlyList<TimedSignal> signals, TimeWindow injection, TimeWindow? revert)
    {
        ArgumentNullException.ThrowIfNull(signals);
        return
        [
            .. signals
                .Where(signal => signal.Signal is { Kind: SignalKind.Breaker, Breaker: not null })
                .GroupBy(signal => signal.Signal.Source, StringComparer.Ordinal)
                .OrderBy(events => events.Key, StringComparer.Ordinal)
                .Select(events => MeasureOne(events.Key, [.. events], injection, revert)),
        ];
    }

    private static BreakerBehaviour MeasureOne(string breaker, IReadOnlyList<TimedSignal> events, TimeWindow injection, TimeWindow? revert)
    {
        var before = events.LastOrDefault(e => e.At < injection.Start)?.Signal.Breaker ?? new BreakerReading(BreakerState.Closed, 0, 0);
        var after = events.Where(e => e.At >= injection.Start).ToList();
        var opened = after.Find(e => e.Signal.Breaker!.State == BreakerState.Open);
        var closed = ClosedForGood(after, revert);
        return new BreakerBehaviour
        {
            Breaker = breaker,
            TimeToOpen = opened is null ? null : injection.Until(opened.At, opened.At),
            TimeToClose = closed is null || revert is null ? null : revert.Value.Until(closed.At, closed.At),
            LetThrough = LetThroughWhileNotClosed(before, after),
            KeptOff = after.Count == 0 ? 0 : after[^1].Signal.Breaker!.Rejected - before.Rejected,
            HalfOpenTrials = after.Count(e => e.Signal.Breaker!.State == BreakerState.HalfOpen),
            Sequence = [before.State, .. after.Select(e => e.Signal.Breaker!.State).Where((state, i) => state != StateBefore(i))],
        };

        BreakerState StateBefore(int index) => index == 0 ? before.State : after[index - 1].Signal.Breaker!.State;
    }

    private static TimedSignal? ClosedForGood(List<TimedSignal> events, TimeWindow? revert) =>
        revert is { } window && events.Count > 0 && events[^1] is { Signal.Breaker.State: BreakerState.Closed } last && last.At >= window.Start ? last : null;

    private static long LetThroughWhileNotClosed(BreakerReading before, List<TimedSignal> events)
    {
        long passed = 0;
        var previous = before;
        foreach (var reading in events.Select(e => e.Signal.Breaker!))
        {
            passed += previous.State == BreakerState.Closed ? 0 : reading.Passed - previous.Passed;
            previous = reading;
        }

        return passed;
    }
}
