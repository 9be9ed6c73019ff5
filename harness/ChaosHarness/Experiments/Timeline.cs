using ChaosHarness.Systems;

namespace ChaosHarness.Experiments;

/// <summary>What happened in a run, from all sides. Safe for many writers.</summary>
internal sealed class Timeline
{
    private readonly Lock _lock = new();
    private readonly List<TimelineEvent> _events = [];
    private readonly List<TimedSignal> _signals = [];

    public IReadOnlyList<TimelineEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events.OrderBy(e => e.At)];
            }
        }
    }

    public IReadOnlyList<TimedSignal> Signals
    {
        get
        {
            lock (_lock)
            {
                return [.. _signals.OrderBy(signal => signal.At)];
            }
        }
    }

    public void Add(TimeSpan at, TimelineKind kind, string source, string detail)
    {
        lock (_lock)
        {
            _events.Add(new TimelineEvent(at, kind, source, detail));
        }
    }

    public void Add(TimedSignal signal)
    {
        lock (_lock)
        {
            _signals.Add(signal);
        }

        Add(signal.At, KindOf(signal.Signal.Kind), signal.Signal.Source, signal.Signal.Detail);
    }

    private static TimelineKind KindOf(SignalKind kind) => kind switch
    {
        SignalKind.Detected => TimelineKind.Detection,
        SignalKind.Recovered => TimelineKind.Recovery,
        SignalKind.Promoted => TimelineKind.Promotion,
        SignalKind.Breaker => TimelineKind.Breaker,
        _ => TimelineKind.Note,
    };
}
