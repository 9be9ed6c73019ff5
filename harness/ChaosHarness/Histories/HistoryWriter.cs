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
    private readonly List<OperationWriter> _sources = [];
    private readonly Stamped<SignalEvent> _signals = new();
    private readonly Stamped<Mark> _marks = new();
    private readonly Stamped<(int Index, FaultWindow Window)> _faults = new();
    private int _faultCount;
    private long _looked = -1;
    private long? _cut;

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

    internal Lock Gate { get; } = new();

    /// <summary>Begins a source of operations.</summary>
    /// <param name="settings">What is known of it; its name must be new.</param>
    /// <returns>What writes its operations.</returns>
    public OperationWriter Source(SourceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        lock (Gate)
        {
            if (_sources.Exists(source => source.Settings.Name == settings.Name))
            {
                throw new ArgumentException($"There is a source called '{settings.Name}' already.", nameof(settings));
            }

            var source = new OperationWriter(this, settings);
            _sources.Add(source);
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
            _signals.Add(AfterEveryLook(clock.Now.Ticks), signal);
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

    /// <summary>Notes a fault that is planned.</summary>
    /// <param name="window">The fault as it stands.</param>
    /// <returns>Its number, for <see cref="Update"/>.</returns>
    public int Add(FaultWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        lock (Gate)
        {
            _faults.Add(AfterEveryLook(clock.Now.Ticks), (_faultCount, window));
            return _faultCount++;
        }
    }

    /// <summary>Notes how a fault stands now.</summary>
    /// <param name="fault">Its number.</param>
    /// <param name="window">The fault as it stands.</param>
    public void Update(int fault, FaultWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fault, _faultCount);
            _faults.Add(AfterEveryLook(clock.Now.Ticks), (fault, window));
        }
    }

    /// <summary>Ends observing: nothing that becomes known later may make the run look better. The first call counts.</summary>
    /// <returns>When that is.</returns>
    public TimeSpan Cut()
    {
        lock (Gate)
        {
            _cut ??= AfterEveryLook(clock.Now.Ticks);
            return TimeSpan.FromTicks(_cut.Value);
        }
    }

    /// <summary>What was seen up to now.</summary>
    /// <returns>A history that never changes.</returns>
    public History Look()
    {
        lock (Gate)
        {
            _looked = Math.Max(_looked, Math.Max(clock.Now.Ticks, _cut ?? 0));
            return new History(TimeSpan.FromTicks(_looked), this);
        }
    }

    internal IReadOnlyList<OperationWriter> Sources
    {
        get
        {
            lock (Gate)
            {
                return [.. _sources];
            }
        }
    }

    internal TimeSpan? CutBy(TimeSpan until)
    {
        lock (Gate)
        {
            return _cut <= until.Ticks ? TimeSpan.FromTicks(_cut.Value) : null;
        }
    }

    internal IReadOnlyList<SignalEvent> SignalsBy(TimeSpan until)
    {
        lock (Gate)
        {
            return _signals.By(until.Ticks);
        }
    }

    internal IReadOnlyList<Mark> MarksBy(TimeSpan until)
    {
        lock (Gate)
        {
            return _marks.By(until.Ticks);
        }
    }

    internal IReadOnlyList<FaultWindow> FaultsBy(TimeSpan until)
    {
        lock (Gate)
        {
            var newest = new SortedDictionary<int, FaultWindow>();
            foreach (var (index, window) in _faults.By(until.Ticks))
            {
                newest[index] = window;
            }

            return [.. newest.Values];
        }
    }

    // Called under the lock.
    internal long AfterEveryLook(long ticks) => Math.Max(ticks, _looked + 1);
}
