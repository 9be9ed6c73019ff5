using ChaosHarness.Timing;

namespace ChaosHarness.Histories;

/// <summary>
/// The one way into the history of a run. Writers share a lock that none holds for longer than it takes to write a few numbers.
/// A look moves a mark to now; whatever is noted later, though it happened before, is placed just after that mark. So what a look
/// saw at a time is what the whole history says of that time, always.
/// </summary>
/// <param name="clock">The clock of the run.</param>
public sealed class HistoryWriter(RunClock clock)
{
    private readonly RunClock _clock = clock ?? throw new ArgumentNullException(nameof(clock));
    private readonly Stamped<SignalEvent> _signals = new();
    private readonly Stamped<Mark> _marks = new();
    private readonly Stamped<(int Index, FaultWindow Window)> _faults = new();
    private volatile OperationWriter[] _sources = [];
    private readonly Stamped<RestoredCopy> _restores = new();
    private int _faultCount;
    private long _newest;
    private long _looked = -1;
    private long _cut = long.MaxValue;

    /// <summary>Receives each signal once it is in the history; called by whoever notes it, so it has to be quick.</summary>
    public event Action<SignalEvent>? Signalled;

    /// <summary>The probe or workload that is judged where nobody names one.</summary>
    /// <value>Default: null, none.</value>
    public string? Signal { get; init; }

    /// <summary>What counts as recovered.</summary>
    /// <value>Default: 10 observations and 1 s.</value>
    public Stability Stability { get; init; } = Stability.Default;

    /// <summary>Whether the system says anything of itself, so that nothing said means nothing noticed.</summary>
    /// <value>Default: false.</value>
    public bool HasSignalSources { get; init; }

    /// <summary>How many times faster than where its objectives come from the system is.</summary>
    public double Speed { get; init; } = 1;

    internal Lock Gate { get; } = new();

    internal IReadOnlyList<OperationWriter> Sources => _sources;

    /// <summary>Begins a source of operations. It is in every prefix, in earlier ones without operations.</summary>
    /// <param name="settings">What is known of it; its name must be new.</param>
    /// <returns>What writes its operations.</returns>
    /// <exception cref="ArgumentException">There is a source of that name, or the time-out is not positive.</exception>
    public OperationWriter Source(SourceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Timeout <= TimeSpan.Zero)
        {
            throw new ArgumentException($"The time-out of '{settings.Name}' is {settings.Timeout}: give it one above zero.", nameof(settings));
        }

        lock (Gate)
        {
            if (Array.Exists(_sources, source => source.Settings.Name == settings.Name))
            {
                throw new ArgumentException($"There is a source called '{settings.Name}' already: give this one another name.", nameof(settings));
            }

            var source = new OperationWriter(this, settings);
            _sources = [.. _sources, source];
            return source;
        }
    }

    /// <summary>Notes what the system said of itself.</summary>
    /// <param name="signal">The signal; its latest time is when it was received.</param>
    public void Add(SignalEvent signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        lock (Gate)
        {
            // What was received before a look and noted after it keeps its time; only that look does not know of it.
            var received = signal.Latest;
            signal = signal with { Earliest = signal.Earliest < received ? signal.Earliest : received };
            _signals.Add(AfterEveryLook(received.Ticks), signal);
        }

        Signalled?.Invoke(signal);
    }

    /// <summary>Notes anything else.</summary>
    /// <param name="mark">What happened, and when.</param>
    public void Add(Mark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        lock (Gate)
        {
            _marks.Add(AfterEveryLook(mark.At.Ticks), mark);
        }
    }

    /// <summary>Notes what a restore brought back.</summary>
    /// <param name="copy">The copy.</param>
    public void Add(RestoredCopy copy)
    {
        ArgumentNullException.ThrowIfNull(copy);
        lock (Gate)
        {
            _restores.Add(AfterEveryLook(copy.When.End.Ticks), copy);
        }
    }

    /// <summary>Notes a fault that is planned.</summary>
    /// <param name="window">The fault as it stands.</param>
    /// <returns>Its number, for <see cref="Update"/>.</returns>
    public int Add(FaultWindow window)
    {
        var copy = Copy(window);
        lock (Gate)
        {
            _faults.Add(AfterEveryLook(_clock.Now.Ticks), (_faultCount, copy));
            return _faultCount++;
        }
    }

    /// <summary>Notes how a fault stands now.</summary>
    /// <param name="fault">Its number.</param>
    /// <param name="window">The fault as it stands.</param>
    public void Update(int fault, FaultWindow window)
    {
        var copy = Copy(window);
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)fault, (uint)_faultCount, nameof(fault));
            _faults.Add(AfterEveryLook(_clock.Now.Ticks), (fault, copy));
        }
    }

    /// <summary>Ends observing: nothing that becomes known later may make the run look better. The first call counts.</summary>
    /// <returns>When that is.</returns>
    public TimeSpan Cut()
    {
        lock (Gate)
        {
            if (_cut == long.MaxValue)
            {
                // A look as well: what happened before, and is noted from now on, became known after it.
                _looked = AfterEveryLook(_clock.Now.Ticks);
                Volatile.Write(ref _cut, _looked);
            }

            return TimeSpan.FromTicks(_cut);
        }
    }

    /// <summary>What was seen up to now.</summary>
    /// <returns>A history that never changes.</returns>
    public History Look()
    {
        long until;
        lock (Gate)
        {
            until = _looked = Math.Max(_looked, _clock.Now.Ticks);
        }

        return new History(TimeSpan.FromTicks(until), this);
    }

    /// <summary>Everything that was noted, what has been placed just after the last look included.</summary>
    /// <returns>A history that never changes.</returns>
    public History LookAtAll()
    {
        long until;
        lock (Gate)
        {
            until = _looked = Math.Max(Math.Max(_looked, _newest), _clock.Now.Ticks);
        }

        return new History(TimeSpan.FromTicks(until), this);
    }

    internal TimeSpan? CutBy(TimeSpan until) => Volatile.Read(ref _cut) is var cut && cut <= until.Ticks ? TimeSpan.FromTicks(cut) : null;

    internal IReadOnlyList<SignalEvent> SignalsBy(TimeSpan until) => By(_signals, until);

    internal IReadOnlyList<Mark> MarksBy(TimeSpan until) => By(_marks, until);

    internal IReadOnlyList<RestoredCopy> RestoresBy(TimeSpan until) => By(_restores, until);

    internal IReadOnlyList<FaultWindow> FaultsBy(TimeSpan until)
    {
        var newest = new List<FaultWindow>();
        foreach (var (index, window) in By(_faults, until))
        {
            if (index == newest.Count)
            {
                newest.Add(window);
            }
            else
            {
                newest[index] = window;
            }
        }

        return newest.AsReadOnly();
    }

    // Called under the lock.
    internal long AfterEveryLook(long ticks)
    {
        var stamp = Math.Max(ticks, _looked + 1);
        _newest = Math.Max(_newest, stamp);
        return stamp;
    }

    private static FaultWindow Copy(FaultWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        return window with { Targets = [.. window.Targets] };
    }

    private IReadOnlyList<T> By<T>(Stamped<T> entries, TimeSpan until)
    {
        lock (Gate)
        {
            return entries.By(until.Ticks);
        }
    }
}
