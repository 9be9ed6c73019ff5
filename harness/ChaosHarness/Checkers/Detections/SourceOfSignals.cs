using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Detections;

/// <summary>What one source said, in the order in which it was received.</summary>
internal sealed class SourceOfSignals(IReadOnlyList<SignalEvent> signals)
{
    public Detection? Find(History history, TimeWindow strike, FaultsThere faults)
    {
        for (var index = 0; index < signals.Count && signals[index].Latest <= history.AtCut.Until; index++)
        {
            var signal = signals[index];
            if (signal.Latest >= strike.Start && IsAlarm(signal) && !IsRepeated(index) && faults.At(signal.Latest) is { Count: > 0 } there)
            {
                return new Detection(signal.Source, signal.Detail, Since(there, signal), Reinstated(index, there, faults, history.Until))
                {
                    At = signal.Latest,
                    NotBefore = signal.Earliest,
                };
            }
        }

        return null;
    }

    // Which of several faults it noticed nobody can tell: it took no longer than since the first of them, and no less than since the last.
    private static Bounds Since(IReadOnlyList<FaultWindow> there, SignalEvent signal) => Bounds.Between(
        signal.Earliest - there.Max(fault => fault.Injected!.Value.End),
        signal.Latest - there.Min(fault => fault.Injected!.Value.Start));

    private static bool IsAlarm(SignalEvent signal) => signal.Kind == SignalKind.Detected || signal.Breaker?.State == BreakerState.Open;

    private static bool IsAllClear(SignalEvent signal) => signal.Kind == SignalKind.Recovered || signal.Breaker?.State == BreakerState.Closed;

    // An alarm that was on already, and is only said again: a breaker that tries and opens again, an alert that is sent every minute.
    private bool IsRepeated(int index)
    {
        for (var before = index - 1; before >= 0 && !IsAllClear(signals[before]); before--)
        {
            if (IsAlarm(signals[before]) && (signals[before].Breaker is not null || signals[before].Detail == signals[index].Detail))
            {
                return true;
            }
        }

        return false;
    }

    private Bounds? Reinstated(int detected, IReadOnlyList<FaultWindow> there, FaultsThere faults, TimeSpan until)
    {
        var wayBack = faults.WayBackOfStrike(there.Max(fault => fault.Strike));
        // The all-clear that held: the first after which no alarm came.
        var clear = signals.Count;
        for (var index = signals.Count - 1; index > detected && !IsAlarm(signals[index]); index--)
        {
            clear = IsAllClear(signals[index]) ? index : clear;
        }

        if (clear == signals.Count)
        {
            return wayBack is { } waiting ? new Bounds(until - waiting, null) : null;
        }

        // Before anything was undone it needed no time after that.
        return wayBack is { } began
            ? Bounds.Between(signals[clear].Earliest - began, signals[clear].Latest - began)
            : new Bounds(TimeSpan.Zero, TimeSpan.Zero);
    }
}
