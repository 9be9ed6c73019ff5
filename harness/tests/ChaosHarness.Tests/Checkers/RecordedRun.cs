using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Checkers;

/// <summary>A run that is written down beforehand, in seconds, and then happens in the order of its times. It can be looked at while it goes on.</summary>
internal sealed class RecordedRun
{
    private readonly FakeTimeProvider _time = new();
    private readonly PriorityQueue<(double At, Action Happens), (double At, int Order)> _script = new();
    private readonly Dictionary<string, OperationWriter> _sources = [];
    private double _now;
    private int _order;

    public RecordedRun(string? signal = "orders", bool isListenedTo = false, double speed = 1) =>
        Writer = new HistoryWriter(new RunClock(_time)) { Signal = signal, HasSignalSources = isListenedTo, Speed = speed };

    public HistoryWriter Writer { get; }

    public RecordedRun Source(string name, double timeout = 5, double? slow = null, bool isWorkload = false, long? firstId = null)
    {
        var settings = new SourceSettings(name, S(timeout), slow is { } limit ? S(limit) : null) { IsWorkload = isWorkload, FirstId = firstId };
        _sources.Add(name, Writer.Source(settings));
        return this;
    }

    public RecordedRun At(double seconds, Action happens)
    {
        _script.Enqueue((seconds, happens), (seconds, _order++));
        return this;
    }

    /// <summary>One request; it is never answered when <paramref name="took"/> is null.</summary>
    public RecordedRun Send(
        string source,
        double due,
        double? took = 0.005,
        OperationVerdict verdict = OperationVerdict.Good,
        string? detail = null,
        string? node = null,
        StoredId? id = null,
        double? value = null,
        double late = 0)
    {
        var number = -1L;
        At(due, () => number = _sources[source].Enter(S(due)));
        if (verdict != OperationVerdict.NotSent)
        {
            At(due + late, () => _sources[source].Invoke(number, S(due + late)));
        }

        return took is { } time ? At(due + time, () => _sources[source].Complete(number, S(due + time), verdict, detail, node, id, value)) : this;
    }

    /// <summary>Requests from one time to before another; what becomes of each is said by when it is due.</summary>
    public RecordedRun Every(string source, double interval, double from, double to, Action<double>? send = null)
    {
        for (var k = 0; from + (k * interval) < to - 1e-9; k++)
        {
            var due = Math.Round(from + (k * interval), 7);
            if (send is null)
            {
                Send(source, due);
            }
            else
            {
                send(due);
            }
        }

        return this;
    }

    /// <summary>A fault that took 0.1 s to inject, and as long to undo.</summary>
    public RecordedRun Fault(string name, double from, double? reverted = null, FaultEnd end = FaultEnd.Reverted, int strike = 0, bool isWeakness = false)
    {
        var index = -1;
        var window = new FaultWindow(name, ["db"], new TimeWindow(S(from), S(from + 600)), null, null, null) { Strike = strike, IsWeakness = isWeakness };
        At(from, () => index = Writer.Add(window));
        At(from + 0.1, () => Writer.Update(index, window = window with { Injected = new TimeWindow(S(from), S(from + 0.1)) }));
        return reverted is { } to
            ? At(to + 0.1, () => Writer.Update(index, window with { Reverted = new TimeWindow(S(to), S(to + 0.1)), End = end }))
            : this;
    }

    public RecordedRun Signal(double at, string source, SignalKind kind, string detail = "", double? notBefore = null) =>
        At(at, () => Writer.Add(new SignalEvent(source, kind, detail, S(notBefore ?? at), S(at))));

    public RecordedRun Breaker(double at, BreakerState state, long passed, long rejected, string breaker = "recommendations", double? notBefore = null) =>
        At(at, () => Writer.Add(new SignalEvent(breaker, SignalKind.Breaker, state.ToString(), S(notBefore ?? at), S(at)) { Breaker = new BreakerReading(state, passed, rejected) }));

    public RecordedRun Cut(double at) => At(at, () => Writer.Cut());

    /// <summary>Every write is looked up: how often the system holds each, by its number.</summary>
    public RecordedRun ReadBack(double at, string source, Func<long, int> copies) => At(at, () =>
    {
        for (var number = 0L; number < Writer.Look().Of(source).Count; number++)
        {
            for (var copy = 0; copy < copies(number); copy++)
            {
                _sources[source].Hold(number);
            }
        }

        _sources[source].EndReadBack(new ReadBack(S(at), null));
    });

    public RecordedRun ReadBackFails(double at, string source, string problem) => At(at, () => _sources[source].EndReadBack(new ReadBack(S(at), problem)));

    /// <summary>Lets the run go on up to a time, and looks.</summary>
    public History Until(double seconds)
    {
        while (_script.TryPeek(out var next, out _) && next.At <= seconds)
        {
            _script.Dequeue();
            AdvanceTo(next.At);
            next.Happens();
        }

        AdvanceTo(seconds);
        return Writer.Look();
    }

    public static TimeSpan S(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    private void AdvanceTo(double seconds)
    {
        if (seconds > _now)
        {
            _time.Advance(S(seconds) - S(_now));
            _now = seconds;
        }
    }
}
