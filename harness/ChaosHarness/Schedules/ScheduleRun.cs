using System.Runtime.ExceptionServices;
using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Schedules;

/// <summary>One run of a schedule: what it strikes with goes through the injection of the run, which undoes it.</summary>
internal sealed class ScheduleRun : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Schedule _schedule;
    private readonly RunClock _clock;
    private readonly HistoryWriter _history;
    private readonly FaultInjection _injection;
    private readonly ForeignCalls _calls;
    private readonly FaultLooks _looks;
    private readonly SignalsSeen _signals = new();
    private readonly CancellationTokenSource _waits = new();
    private readonly TaskCompletionSource _allStruck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<Schedule, int> _struck = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TimeSpan, int> _strikes = [];
    private readonly OrderedDictionary<Schedule, int> _toStrike = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Schedule> _tried = new(ReferenceEqualityComparer.Instance);
    private Exception? _failure;
    private volatile bool _isStopped;
    private int _branches = 1;
    private int _waitForSignals;
    private TimeSpan _start;

    public ScheduleRun(Schedule schedule, RunClock clock, HistoryWriter history, FaultInjection injection, CallLimits limits)
    {
        _schedule = schedule;
        _clock = clock;
        _history = history;
        _injection = injection;
        _calls = new ForeignCalls(clock.Time);
        _looks = new FaultLooks(clock.Time, limits.Look);
        WillStrike(schedule.Strikes);
        history.Signalled += _signals.Add;
    }

    /// <summary>Completes when everything of it has struck, as often as it was to.</summary>
    public Task AllStruck => _allStruck.Task;

    /// <summary>Completes when all has struck that strikes by itself, for the first time: what is left waits for a signal, which may never come.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether all has struck by now that strikes by itself.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_lock)
            {
                return _allStruck.Task.IsCompleted || _waitForSignals == _branches;
            }
        }
    }

    /// <summary>How often anything of it has struck by now.</summary>
    internal int StruckTimes
    {
        get
        {
            lock (_lock)
            {
                return _struck.Values.Sum();
            }
        }
    }

    internal TimeSpan Now => _clock.Now;

    /// <summary>Runs the schedule from now on; over when the last of it that has a duration has ended.</summary>
    /// <exception cref="CallException">Something could not strike, or was not done; what has struck is still in force.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _start = _clock.Now;
        using var either = cancellationToken.UnsafeRegister(static state => _ = ((CancellationTokenSource)state!).CancelAsync(), _waits);
        try
        {
            await _schedule.RunAsync(this, _start, StepContext.None, cancellationToken).ConfigureAwait(false);
            _allStruck.TrySetResult();
            NoteSettled();
        }
        catch (Exception) when (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
        catch (OperationCanceledException) when (_isStopped && !cancellationToken.IsCancellationRequested)
        {
            // What never struck is known to whoever stopped it.
        }
    }

    /// <summary>Ends all waiting: what has not struck by now never will. To be called when observing ends, before anything is undone.</summary>
    /// <returns>What never struck, a line each, with why.</returns>
    public IReadOnlyList<string> Stop()
    {
        _isStopped = true;
        _ = _waits.CancelAsync();
        var missed = Missed();
        foreach (var (step, _, _) in missed.Where(missed => missed.Struck == 0 && !WasTried(missed.Step)))
        {
            _injection.DeclareUnstruck(step.Description, TargetsOf(step), new TimeWindow(_start, _clock.Now));
        }

        return [.. Unstruck(null).Select(unstruck => unstruck.ToString())];
    }

    /// <summary>What has not struck as often as it was to.</summary>
    /// <param name="whyEnded">Why nothing strikes any more; null when observing came to its end, and each has its own reason.</param>
    public IReadOnlyList<UnstruckFault> Unstruck(string? whyEnded) =>
        [.. Missed().Select(missed => Unstruck(missed.Step, whyEnded ?? missed.Step.WhyNotStruck(this)) with { Struck = missed.Struck, Times = missed.Times })];

    /// <summary>A step of which nothing has struck.</summary>
    public static UnstruckFault Unstruck(Schedule step, string why) => new(step.Description, TargetsOf(step), why);

    public void Dispose()
    {
        _history.Signalled -= _signals.Add;
        _ = _waits.CancelAsync();
    }

    internal async Task<ActiveFault> StrikeAsync(Schedule step, Fault fault, TimeSpan planned, TimeSpan? lasts, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _tried.Add(step);
        }

        var entry = _injection.Declare(fault, planned, planned + lasts, StrikeOf(planned));
        try
        {
            var active = await _injection.InjectAsync(fault, entry, cancellationToken).ConfigureAwait(false);
            Struck(step);
            return active;
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    /// <summary>A step has struck; what it sets off is to strike from now on as well.</summary>
    internal void Struck(Schedule step, params IEnumerable<Schedule> next)
    {
        lock (_lock)
        {
            _struck[step] = _struck.GetValueOrDefault(step) + 1;
            WillStrike(next);
        }

        if (Missed().Count == 0)
        {
            _allStruck.TrySetResult();
            NoteSettled();
        }
    }

    /// <summary>So many more branches run at the same time; fewer when negative.</summary>
    internal void Fork(int branches)
    {
        lock (_lock)
        {
            _branches += branches;
        }

        NoteSettled();
    }

    internal async Task UntilAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = at - _clock.Now;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _clock.Time, _waits.Token).ConfigureAwait(false);
        }

        _waits.Token.ThrowIfCancellationRequested();
    }

    internal async Task<SignalEvent> SignalAsync(Func<SignalEvent, bool> isMeant, TimeSpan from, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        NoteWaiting(1);
        try
        {
            return await _signals.FirstAsync(signal => signal.Latest >= from && isMeant(signal), _waits.Token).ConfigureAwait(false);
        }
        finally
        {
            NoteWaiting(-1);
        }
    }

    internal bool HasSeen(Func<SignalEvent, bool> isMeant) => _signals.Any(signal => signal.Latest >= _start && isMeant(signal));

    internal async Task LookAgainAsync(IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        foreach (var fault in faults)
        {
            if (await _looks.ObstacleAsync(fault, cancellationToken).ConfigureAwait(false) is { } obstacle)
            {
                var failure = new StrikeFailedException($"'{fault.Name}' could not strike when its time had come: {obstacle}");
                Fail(failure);
                throw failure;
            }
        }
    }

    internal async Task ActAsync(string what, Func<CancellationToken, ValueTask> action, TimeSpan within, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _history.Add(new Mark(_clock.Now, MarkKind.Action, what, "begins"));
        var result = await _calls.RunAsync(new Callee(what, "action"), action, within, _waits.Token).ConfigureAwait(false);
        _history.Add(new Mark(_clock.Now, MarkKind.Action, what, result.Problem ?? "done"));
        _waits.Token.ThrowIfCancellationRequested();
        if (!result.IsCompleted)
        {
            var failure = new CallException(result);
            Fail(failure);
            throw failure;
        }
    }

    internal async Task EndAsync(IReadOnlyList<ActiveFault> faults)
    {
        var newestFirst = faults.Reverse().ToList();
        var problems = await RevertOrder.RunAsync([.. newestFirst.Select(fault => fault.Fault.Targets)], number => _injection.EndAsync(newestFirst[number]), _clock.Time).ConfigureAwait(false);
        if (problems.FirstOrDefault(problem => problem is not null) is { } first)
        {
            var failure = new StrikeFailedException(first);
            Fail(failure);
            throw failure;
        }
    }

    // What waits for its time need not wait for a run that is broken; what strikes at this moment may finish.
    private void Fail(Exception failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
        {
            _ = _waits.CancelAsync();
        }
    }

    private void NoteWaiting(int change)
    {
        lock (_lock)
        {
            _waitForSignals += change;
        }

        NoteSettled();
    }

    private void NoteSettled()
    {
        if (IsSettled)
        {
            _settled.TrySetResult();
        }
    }

    private void WillStrike(IEnumerable<Schedule> steps)
    {
        foreach (var step in steps)
        {
            _toStrike[step] = _toStrike.GetValueOrDefault(step) + 1;
        }
    }

    private bool WasTried(Schedule step)
    {
        lock (_lock)
        {
            return _tried.Contains(step);
        }
    }

    private int StrikeOf(TimeSpan planned)
    {
        lock (_lock)
        {
            if (!_strikes.TryGetValue(planned, out var number))
            {
                number = _strikes[planned] = _strikes.Count;
            }

            return number;
        }
    }

    private List<(Schedule Step, int Struck, int Times)> Missed()
    {
        lock (_lock)
        {
            return [.. _toStrike.Select(step => (Step: step.Key, Struck: _struck.GetValueOrDefault(step.Key), Times: step.Value)).Where(step => step.Struck < step.Times)];
        }
    }

    private static IReadOnlyList<string> TargetsOf(Schedule step) => [.. step.Faults.SelectMany(fault => fault.Targets).Distinct(StringComparer.Ordinal)];
}
