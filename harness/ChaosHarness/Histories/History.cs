using ChaosHarness.Timing;

namespace ChaosHarness.Histories;

/// <summary>
/// What a run saw and did up to a moment: the only thing that measurements read. A prefix of it is a history too, and never changes
/// while the run goes on. All times are since the start of the run.
/// </summary>
public sealed class History
{
    private readonly HistoryWriter _writer;
    private IReadOnlyList<Operations>? _sources;
    private IReadOnlyList<SignalEvent>? _signals;
    private IReadOnlyList<FaultWindow>? _faults;
    private IReadOnlyList<Mark>? _marks;
    private IReadOnlyList<RestoredCopy>? _restores;

    internal History(TimeSpan until, HistoryWriter writer) => (Until, _writer, Cut) = (until, writer, writer.CutBy(until));

    /// <summary>Nothing later is in it.</summary>
    public TimeSpan Until { get; }

    /// <summary>When observing ended, before anything was reverted; null while it goes on.</summary>
    public TimeSpan? Cut { get; }

    /// <summary>The probe or workload that is judged where nobody names one; null when there is none.</summary>
    public string? Signal => _writer.Signal;

    /// <summary>What counts as recovered in this run.</summary>
    public Stability Stability => _writer.Stability;

    /// <summary>Whether the system says anything of itself: it was listened to, or it has spoken.</summary>
    public bool HasSignalSources => _writer.HasSignalSources || Signals.Count > 0;

    /// <summary>How many times faster than where its objectives come from the system's own waits pass.</summary>
    public double Speed => _writer.Speed;

    /// <summary>The probes and workloads of the run.</summary>
    public IReadOnlyList<Operations> Sources => _sources ??= [.. _writer.Sources.Select(source => new Operations(source, Until))];

    /// <summary>What the system said of itself, in the order in which it was received.</summary>
    public IReadOnlyList<SignalEvent> Signals => _signals ??= _writer.SignalsBy(Until);

    /// <summary>The faults, in the order in which they were planned.</summary>
    public IReadOnlyList<FaultWindow> Faults => _faults ??= _writer.FaultsBy(Until);

    /// <summary>What else happened.</summary>
    public IReadOnlyList<Mark> Marks => _marks ??= _writer.MarksBy(Until);

    /// <summary>What restores brought back, in the order in which they were over.</summary>
    public IReadOnlyList<RestoredCopy> Restores => _restores ??= _writer.RestoresBy(Until);

    /// <summary>When the last strike of the disaster took effect: recovery counts from it. Null before any.</summary>
    public TimeWindow? Injection => Window(StrikeOf(Struck.MaxBy(Order)));

    /// <summary>When the first strike of the disaster took effect: availability counts from it. Null before any.</summary>
    public TimeWindow? FirstStrike => Window(StrikeOf(Struck.MinBy(Order)));

    /// <summary>What the disaster is compared with: from when the weaknesses were there, since the system is slower with them, to the first strike. Null before any.</summary>
    public TimeWindow? SteadyState
    {
        get
        {
            var start = Faults.Where(fault => fault.IsWeakness).Max(fault => fault.Injected?.End) ?? TimeSpan.Zero;
            return FirstStrike is { Start: var end } ? new TimeWindow(start < end ? start : end, end) : null;
        }
    }

    /// <summary>When the first fault of the last strike began to be undone; null while none is, or none was by the harness.</summary>
    public TimeSpan? WayBack => StrikeOf(Struck.MaxBy(Order)).Where(fault => fault.End != FaultEnd.Superseded).Min(fault => fault.Reverted?.Start);

    /// <summary>What was seen when observing ended, for all that may not look better later; everything while it goes on.</summary>
    public History AtCut => Cut is { } cut ? Before(cut) : this;

    // The disaster, as far as it has struck: the weaknesses that it strikes on top of are no part of it.
    private IEnumerable<FaultWindow> Struck => Faults.Where(fault => fault is { IsWeakness: false, Injected: not null });

    /// <summary>The operations of a probe or a workload.</summary>
    /// <param name="source">Its name.</param>
    /// <returns>Its operations.</returns>
    /// <exception cref="ArgumentException">There is none of that name; the message says which there are.</exception>
    public Operations Of(string source) => Find(source)
        ?? throw new ArgumentException($"No probe or workload is called '{source}'. There are: {string.Join(", ", Sources.Select(operations => $"'{operations.Source}'"))}.", nameof(source));

    /// <summary>The operations of a probe or a workload, if there is one of that name.</summary>
    /// <param name="source">Its name.</param>
    /// <returns>Its operations, or null.</returns>
    public Operations? Find(string source) => Sources.FirstOrDefault(operations => operations.Source == source);

    /// <summary>Exactly what a look at that time saw.</summary>
    /// <param name="time">A time; at or after <see cref="Until"/> gives this history.</param>
    /// <returns>The prefix.</returns>
    public History Before(TimeSpan time) => time >= Until ? this : new History(time, _writer);

    private static (TimeSpan Began, int Strike) Order(FaultWindow fault) => (fault.Injected!.Value.Start, fault.Strike);

    private static TimeWindow? Window(IReadOnlyList<FaultWindow> strike) => strike.Count == 0
        ? null
        : new TimeWindow(strike.Min(fault => fault.Injected!.Value.Start), strike.Max(fault => fault.Injected!.Value.End));

    private IReadOnlyList<FaultWindow> StrikeOf(FaultWindow? one) => [.. Struck.Where(fault => fault.Strike == one?.Strike)];
}
