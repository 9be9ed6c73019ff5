using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Breakers;

/// <summary>What one breaker said, in the order in which it was received, and what follows from it.</summary>
internal sealed class BreakerReadings
{
    private readonly string _breaker;
    private readonly TimeWindow _strike;
    private readonly History _history;
    private readonly BreakerReading? _before;
    private readonly IReadOnlyList<SignalEvent> _since;

    public BreakerReadings(string breaker, IReadOnlyList<SignalEvent> said, TimeWindow strike, History history)
    {
        (_breaker, _strike, _history) = (breaker, strike, history);
        _before = said.LastOrDefault(signal => signal.Latest < strike.Start)?.Breaker;
        _since = [.. said.Where(signal => signal.Latest >= strike.Start)];
    }

    // Breakers are made closed, and one speaks when that changes: one that has said nothing yet is closed.
    private BreakerState StateBefore => _before?.State ?? BreakerState.Closed;

    private BreakerState LastState => _since is [.., var last] ? last.Breaker!.State : StateBefore;

    public BreakerBehaviour Measure()
    {
        var opened = _since.Index().FirstOrDefault(entry => entry.Item.Breaker!.State == BreakerState.Open && Previous(entry.Index)?.State != BreakerState.Open).Item;
        var closed = ClosedForGood();
        return new BreakerBehaviour
        {
            Breaker = _breaker,
            // What became known after the cut may not make it look quicker.
            TimeToOpen = opened is not null && opened.Latest <= _history.AtCut.Until ? _strike.Until(opened.Earliest, opened.Latest) : null,
            TimeToClose = TimeToClose(closed),
            ClosedBeforeRevert = closed is not null && !(_history.WayBack <= closed.Latest),
            LetThrough = LetThrough(),
            KeptOff = KeptOff(),
            HalfOpenTrials = _since.Index().Count(entry => entry.Item.Breaker!.State == BreakerState.HalfOpen && Previous(entry.Index)?.State != BreakerState.HalfOpen),
            Sequence = [StateBefore, .. _since.Select((signal, index) => (signal.Breaker!.State, Before: Previous(index)?.State ?? StateBefore)).Where(change => change.State != change.Before).Select(change => change.State)],
        };
    }

    private BreakerReading? Previous(int index) => index == 0 ? _before : _since[index - 1].Breaker;

    // The closing that held: the first reading of the last stretch in which it said nothing but closed.
    private SignalEvent? ClosedForGood()
    {
        var first = _since.Count;
        while (first > 0 && _since[first - 1].Breaker!.State == BreakerState.Closed)
        {
            first--;
        }

        var wasOpen = first > 0 || StateBefore != BreakerState.Closed;
        return first < _since.Count && wasOpen ? _since[first] : null;
    }

    private Bounds? TimeToClose(SignalEvent? closed) => (closed, _history.WayBack) switch
    {
        (null, { } began) when LastState != BreakerState.Closed => new Bounds(_history.Until - began, null),
        (null, _) => null,
        // Before anything was undone it needed no time after that.
        (_, null) => new Bounds(TimeSpan.Zero, TimeSpan.Zero),
        ({ } signal, { } began) => Bounds.Between(signal.Earliest - began, signal.Latest - began),
    };

    // A closed breaker refuses nothing, so only what was refused between two readings, of which the first was not closed, can be missed.
    private CallCount? KeptOff()
    {
        if (TooLittleIsKnown)
        {
            return null;
        }

        long refused = 0;
        var isExact = LastState == BreakerState.Closed;
        for (var index = 0; index < _since.Count; index++)
        {
            var (now, before) = (_since[index].Breaker!, Previous(index));
            if (before is null)
            {
                isExact &= now.State == BreakerState.Open;
            }
            else if (HasRestarted(before, now))
            {
                // Its counters began again: what it had refused after it was last heard of is gone.
                refused += now.Rejected;
                isExact &= before.State == BreakerState.Closed;
            }
            else
            {
                refused += now.Rejected - before.Rejected;
            }
        }

        return new CallCount(refused, isExact ? refused : null);
    }

    // What passes while it is closed is no price of finding out. Open it lets nothing through; half open it does.
    private CallCount? LetThrough()
    {
        if (TooLittleIsKnown)
        {
            return null;
        }

        long passed = 0;
        var isExact = LastState != BreakerState.HalfOpen;
        for (var index = 0; index < _since.Count; index++)
        {
            var (now, before) = (_since[index].Breaker!, Previous(index));
            if (before is null)
            {
                isExact &= now.State == BreakerState.Open;
            }
            else if (before.State != BreakerState.Closed)
            {
                var hasRestarted = HasRestarted(before, now);
                passed += hasRestarted ? 0 : now.Passed - before.Passed;
                isExact &= !hasRestarted;
            }
        }

        return new CallCount(passed, isExact ? passed : null);
    }

    // Counters say something only in twos; but one that stayed closed refused nothing and tried nothing, whatever they are.
    private bool TooLittleIsKnown => _since.Count + (_before is null ? 0 : 1) < 2 && (_since.Count > 0 || StateBefore != BreakerState.Closed);

    private static bool HasRestarted(BreakerReading before, BreakerReading now) => now.Passed < before.Passed || now.Rejected < before.Rejected;
}
