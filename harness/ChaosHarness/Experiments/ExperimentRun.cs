using ChaosHarness.Calls;
using ChaosHarness.Checkers.Pacing;
using ChaosHarness.Expectations;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Logs;
using ChaosHarness.Origins;
using ChaosHarness.People;
using ChaosHarness.Safety;
using ChaosHarness.Safety.Watchdogs;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>One run of an experiment: the eight steps, in their order, whatever happens. What it decides by is read from its history alone.</summary>
internal sealed class ExperimentRun
{
    private const int SteadyWindowsTried = 5;
    // Lateness only makes figures wider, as they count from when requests were due and were sent: they are unfit when little of them is the system's.
    private static readonly ScheduleChecker Pace = new() { MostLate = 0.25, Longest = TimeSpan.FromSeconds(2) };
    // What watchers have to show the end of a run.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);
    private const string UnknownEnvironment = "unknown";
    // A permit that is older is asked for again.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly Experiment _experiment;
    private readonly RunnerOptions _options;
    private readonly HaltLever _lever;
    private readonly RunClock _clock;
    private readonly HistoryWriter _history;
    private readonly ForeignCalls _calls;
    private readonly PoolCanary _canary;
    private readonly RunLogs _logs;
    private readonly PhaseLog _phases;
    private readonly OpenRun? _open;
    private readonly string _runId;
    private CancellationToken _over;
    private readonly RunStops _stops;
    private readonly GuardStep _guard;
    private readonly RunPeople _people;
    private readonly RunPlan _planning;
    private PlanRecord? _plan;
    private Func<string?, IReadOnlyList<UnstruckFault>>? _unstruckOf;
    private bool _isObserved;
    private long _haltedAt = -1;
    private GoRecord? _go;
    private LiveRun? _live;
    private SteadyStateReport? _before;
    private SteadyStateReport? _during;
    private SteadyStateReport? _after;
    private TimeWindow? _revert;
    private string? _unfit;
    private Task _striking = Task.CompletedTask;
    private IReadOnlyList<string> _unstruck = [];
    private Task<string?> _watched = Task.FromResult<string?>(null);

    private ExperimentRun(Experiment experiment, RunnerOptions options, HaltLever lever)
    {
        _experiment = experiment;
        _options = options;
        _lever = lever;
        _clock = new RunClock(options.Time);
        _history = new HistoryWriter(_clock) { Signal = experiment.RecoverySignal, Stability = experiment.StabilityWindow, HasSignalSources = experiment.System.Signals.Count > 0, Speed = experiment.System.Speed };
        _calls = new ForeignCalls(options.Time);
        _canary = new PoolCanary(_clock);
        _logs = new RunLogs(_clock);
        _runId = RunRecord.NewRunId(_clock.StartedAt);
        _open = OpenRun.Begin(options.FaultJournalFolder, Header());
        _phases = new PhaseLog(_clock, _history, _open, lever);
        _guard = new GuardStep(_runId, experiment, options, Reverters, _clock, _history, lever);
        _people = new RunPeople(options.PeopleFile is { } file ? new AttendedRun(_runId, experiment.Name, experiment.System.Identity.ToString(), _clock.StartedAt, file) : null, _clock, _history);
        _planning = new RunPlan(experiment, options, _clock);
        _stops = new RunStops(experiment.StopConditions, _clock, lever, _history, options.Limits.StopCondition);
    }

    /// <summary>Runs an experiment; returns whatever the outcome, and throws nothing.</summary>
    public static async Task<ExperimentResult> RunAsync(Experiment experiment, RunnerOptions options, IReadOnlyList<CancellationToken> halts)
    {
        PoolCanary.RaisePool();
        using var halt = CancellationTokenSource.CreateLinkedTokenSource([.. halts]);
        using var lever = new HaltLever(halt.Token, options.WhyCancelled);
        using var signals = new TerminationSignals(lever, Console.Error);
        using var working = options.RunningTime?.Work();
        var run = new ExperimentRun(experiment, options, lever);
        // Before anything is undone for it.
        lever.OnHalt(() => Volatile.Write(ref run._haltedAt, run._clock.Now.Ticks));
        if (run._open is { } open)
        {
            signals.Recorded = open.Over;
            lever.OnHalt(() => _ = Task.Run(() => open.Halted(lever.Reason!)));
        }

        return await run.ExecuteAsync().ConfigureAwait(false);
    }

    private async Task<ExperimentResult> ExecuteAsync()
    {
        _phases.Add(PhaseName.Build, PhaseStatus.Passed, TimeSpan.Zero, _experiment.Statement);
        using var stop = new CancellationTokenSource();
        _over = stop.Token;
        var canary = _canary.RunAsync(_over);
        var people = _people.RunAsync(_over);
        var watched = WatchersAsync(_over);
        var (outcome, reason) = await RunStepsAsync().ConfigureAwait(false);
        if (_live is { } live)
        {
            live.End = new LiveEnding(outcome, reason);
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await canary.ConfigureAwait(false);
        await people.ConfigureAwait(false);
        await _guard.HaltWatched.ConfigureAwait(false);
        _open?.Ended(outcome, reason);
        await watched.ConfigureAwait(false);
        var history = _history.LookAtAll();
        var limit = _options.Limits.Judgement;
        var record = await RecordedFigures.AddToAsync(Record(history, outcome, reason), history, _experiment.Expectations, _calls, limit).ConfigureAwait(false);
        record = record with { Figures = [.. record.Figures, .. _stops.Figures] };
        return await ExperimentResult.OfAsync(record, history, _experiment.Expectations, _open, _calls, limit).ConfigureAwait(false);
    }

    // What they make of it is theirs: nothing of the run depends on it.
    private async Task WatchersAsync(CancellationToken over)
    {
        if (_options.Watchers.Count == 0)
        {
            return;
        }

        using var giveUp = new CancellationTokenSource();
        var live = _live = new LiveRun(_runId, _experiment, _clock, _history, _phases, () => _stops.Distances, () => _people.Waiting, _logs, () => _people.WaitingPlan);
        var watching = Task.WhenAll(_options.Watchers.Select(watcher => _calls.RunAsync(new Callee(watcher.GetType().Name, "watch"), _ => new ValueTask(watcher.WatchAsync(live, over)), CallLimits.Longest, giveUp.Token)));
        await Task.Delay(Timeout.InfiniteTimeSpan, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAny(watching, Task.Delay(LastLook, _clock.Time, CancellationToken.None)).ConfigureAwait(false);
        await giveUp.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
    }

    // The order of the catch blocks is the order of precedence: a run that was halted is Halted, whatever that tore down.
    private async Task<(Outcome Outcome, string? Reason)> RunStepsAsync()
    {
        var subscriptions = new RunSubscriptions(_experiment.System, _calls, _options.Limits.Subscription, _clock, _history, _logs, _lever.Token);
        try
        {
            _plan = _planning.Written();
            await subscriptions.BeginAsync().ConfigureAwait(false);
            await _phases.RunAsync(PhaseName.Guard, GuardAsync).ConfigureAwait(false);
            await BreakAndMeasureAsync().ConfigureAwait(false);
            return WhyUnfit() is { } unfit ? (Outcome.Broken, unfit)
                : _unstruck.Count > 0 ? (Outcome.Failed, string.Join("; ", _unstruck))
                : _after is { Holds: true } ? (Outcome.Passed, null)
                : (Outcome.Failed, $"the steady state did not come back within {DurationText.Format(_experiment.VerifyWithin)}: {_after?.ToString() ?? "no answers"}{Seen(_after, _revert?.End ?? TimeSpan.Zero)}");
        }
        catch (RevertFailedException exception)
        {
            return (Outcome.Broken, exception.Message);
        }
        catch (Exception) when (_lever.Reason is { } reason)
        {
            _history.Add(new Mark(HaltedAt, MarkKind.Halt, "run", reason));
            return (Outcome.Halted, reason);
        }
        catch (NotRunException exception)
        {
            return (Outcome.Inconclusive, exception.Message);
        }
        catch (Exception exception)
        {
            var message = exception is CallException or StrikeFailedException ? exception.Message : $"{exception.GetType().Name}: {CallException.TextOf(exception)}";
            return (Outcome.Broken, message + Undone(message));
        }
        finally
        {
            await _guard.ReleaseAsync().ConfigureAwait(false);
            await subscriptions.DisposeAsync().ConfigureAwait(false);
        }
    }

    private TimeSpan HaltedAt => Volatile.Read(ref _haltedAt) is >= 0 and var ticks ? TimeSpan.FromTicks(ticks) : _clock.Now;

    // Who reads that something could not be injected asks first what is left of the rest.
    private string Undone(string message) => _revert is null || !_history.LookAtAll().Faults.Any(fault => fault.Injected is not null) ? "" : $"{(message.EndsWith('.') ? "" : ".")} Everything that was injected is undone.";

    private IReadOnlyList<IRecipeReverter> Reverters => [.. _options.Reverters, .. RecipeReverters.BuiltIn];

    private async Task<string?> GuardAsync()
    {
        var told = await _guard.RunAsync(_over).ConfigureAwait(false);
        // What undoes a fault can be said of a target that was just found to be there.
        _plan = await _planning.WithRecipesAsync(_lever.Token).ConfigureAwait(false);
        _lever.Token.ThrowIfCancellationRequested();
        _open?.Planned(_plan);
        return told;
    }

    private async Task BreakAndMeasureAsync()
    {
        using var journal = CreateJournal();
        // Begun early: that it starts must not fall into what is measured.
        using var watched = _options.Watchdog && _options.Time == TimeProvider.System ? Watchdog.Watch(WatchOrder.Of(_options.FaultJournalFolder, Reverters, _options.Limits.Leftover)) : null;
        _watched = watched?.Problem ?? Task.FromResult<string?>(null);
        var injection = new FaultInjection(_clock, _history, journal, _lever, _options.Limits, _experiment.System.Identity.LastingKey);
        await using var observers = new Observers(_experiment, _clock, _history);
        try
        {
            await _phases.RunAsync(PhaseName.SteadyState, SteadyStateAsync).ConfigureAwait(false);
            try
            {
                // Should this machine die, others find the system broken when the lease has run out: only here it can be undone.
                await _guard.Hold!.LeaveAsync([.. _guard.Left, $"Run {_runId} of '{_experiment.Name}' was breaking it and has not said that everything is undone: {string.Join("; ", _experiment.Weakened.Concat(_experiment.Faults).Select(fault => fault.Name).Distinct())}."]).ConfigureAwait(false);
                await BreakAsync(injection).ConfigureAwait(false);
            }
            finally
            {
                _history.Cut();
                await _phases.RunAsync(PhaseName.Revert, () => RevertAsync(injection)).ConfigureAwait(false);
            }

            await _phases.RunAsync(PhaseName.Verify, () => VerifyAsync(observers)).ConfigureAwait(false);
        }
        finally
        {
            await observers.DisposeAsync().ConfigureAwait(false);
            await injection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private FaultJournal CreateJournal()
    {
        try
        {
            return FaultJournal.Create(_options.FaultJournalFolder, _runId, _options.Time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StrikeFailedException($"nothing is injected without a fault journal, and none can be begun in {_options.FaultJournalFolder}: {exception.Message}");
        }
    }

    private async Task<string?> SteadyStateAsync()
    {
        var steady = await BecomeSteadyAsync().ConfigureAwait(false);
        if (_options.Go is not { } required)
        {
            return steady;
        }

        using (_options.RunningTime?.Wait())
        {
            _go = await _people.AskAsync(required, _plan!, _lever.Token).ConfigureAwait(false);
        }

        // People take their time, in which a system may fall ill.
        steady = await BecomeSteadyAsync().ConfigureAwait(false);
        var who = _go.Role is { } role ? $"{_go.By} ({role})" : _go.By;
        return $"{steady}; {who} gave the go{(_go.Plan is { } plan ? $" for plan {PlanRecord.Abbreviated(plan)}" : "")}{(_go.Given > _go.Asked ? $" after {DurationText.Format(_go.Given - _go.Asked)}" : " in advance")}";
    }

    private async Task<string> BecomeSteadyAsync()
    {
        var deadline = _clock.Now + (_experiment.SteadyWindow * SteadyWindowsTried);
        _before = await WatchAsync(_clock.Now, deadline).ConfigureAwait(false);
        return _before is { Holds: true }
            ? _before.ToString()
            : throw new NotRunException($"the steady state did not hold before anything was injected: {_before?.ToString() ?? "no answers"}{Seen(_before, TimeSpan.Zero)}{OwnDelay}");
    }

    // A machine with too much else to do looks like a system that is ill.
    private string OwnDelay => _canary.Worst > PoolCanary.Limit
        ? $". Of that up to {DurationText.Format(_canary.Worst)} may be this process's own: its thread pool was late by as much, as something blocks its threads or this machine has too much else to do"
        : "";

    private async Task BreakAsync(FaultInjection injection)
    {
        using var stop = new CancellationTokenSource();
        using var schedule = new ScheduleRun(_experiment.Schedule, _clock, _history, injection, _options.Limits);
        _unstruckOf = schedule.Unstruck;
        var watcher = _stops.WatchAsync(stop.Token);
        try
        {
            await _phases.RunAsync(PhaseName.Inject, () => InjectAsync(injection, schedule)).ConfigureAwait(false);
            await _phases.RunAsync(PhaseName.Observe, () => ObserveAsync(injection, schedule)).ConfigureAwait(false);
            await injection.LookAsync().ConfigureAwait(false);
            await RequireAllThereAsync(injection).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await watcher.ConfigureAwait(false);
        }
    }

    private async Task<string?> InjectAsync(FaultInjection injection, ScheduleRun schedule)
    {
        if (await _watched.ConfigureAwait(false) is { } problem)
        {
            _history.Add(new Mark(_clock.Now, MarkKind.Note, "watchdog", $"{problem}; should this process be killed, the next run undoes what that leaves broken"));
        }

        foreach (var weakness in _experiment.Weakened)
        {
            await injection.InjectAsync(weakness, injection.Declare(weakness, _clock.Now, isWeakness: true), _lever.Token).ConfigureAwait(false);
        }

        await Task.Delay(_experiment.Settle, _clock.Time, _lever.Token).ConfigureAwait(false);
        _canary.Begin();
        _striking = schedule.RunAsync(_lever.Token);
        await (await Task.WhenAny(_striking, schedule.Settled).ConfigureAwait(false)).ConfigureAwait(false);
        return string.Join("; ", _experiment.Weakened.Select(weakness => weakness.Name).Append(_experiment.Schedule.Description));
    }

    private async Task<string?> ObserveAsync(FaultInjection injection, ScheduleRun schedule)
    {
        var began = _clock.Now;
        while (true)
        {
            await Task.Delay(Glance, _clock.Time, _lever.Token).ConfigureAwait(false);
            await RequireAllThereAsync(injection).ConfigureAwait(false);
            if (_striking.IsCompleted)
            {
                await _striking.ConfigureAwait(false);
            }

            var history = _history.Look();
            var struck = history.Injection?.End ?? began;
            var recoveries = _experiment.Recoveries.Select(recovery => recovery.Check(history)).ToList();
            var isDone = recoveries.TrueForAll(recovery => recovery.Recovered) && _striking.IsCompleted && history.Until - struck >= _experiment.ObserveAtLeast;
            // What strikes by itself is waited for; a signal may never come.
            if (isDone || (schedule.IsSettled && history.Until - struck >= _experiment.Deadline))
            {
                _unstruck = schedule.Stop();
                _isObserved = true;
                _unfit = _canary.Problem;
                var cut = _history.Cut();
                _during = history.FirstStrike is { } first ? SteadyStateReport.Of(_history.Look(), _experiment.Conditions, new TimeWindow(first.Start, cut)) : null;
                return string.Join("; ", recoveries);
            }
        }
    }

    // What did not happen, or was taken away, cannot have been survived.
    private static async Task RequireAllThereAsync(FaultInjection injection)
    {
        if (injection.Gone.IsCompleted)
        {
            throw new StrikeFailedException(await injection.Gone.ConfigureAwait(false));
        }
    }

    private async Task<string?> RevertAsync(FaultInjection injection)
    {
        var start = _clock.Now;
        var failures = await injection.RevertAllAsync().ConfigureAwait(false);
        _revert = new TimeWindow(start, _clock.Now);
        var untold = await _guard.Hold!.LeaveAsync([.. _guard.Left, .. failures]).ConfigureAwait(false);
        return failures.Count == 0 ? null : throw new RevertFailedException(string.Join(" ", failures.Concat(untold)));
    }

    private async Task<string?> VerifyAsync(Observers observers)
    {
        var start = _clock.Now;
        await Task.Delay(_experiment.VerifyAtLeast, _clock.Time, _lever.Token).ConfigureAwait(false);
        _after = await WatchAsync(start, start + _experiment.VerifyWithin + _experiment.VerifyAtLeast).ConfigureAwait(false);
        // Nothing may be under way while writes are looked up.
        await observers.CloseAsync(_lever.Token).ConfigureAwait(false);
        _lever.Token.ThrowIfCancellationRequested();
        await observers.ReadBackAsync(_history.LookAtAll(), _lever.Token).ConfigureAwait(false);
        _lever.Token.ThrowIfCancellationRequested();
        return _after is { Holds: true } ? _after.ToString() : throw new CheckFailedException(_after?.ToString() ?? "no answers");
    }

    private async Task<SteadyStateReport?> WatchAsync(TimeSpan from, TimeSpan deadline)
    {
        while (true)
        {
            var history = _history.Look();
            var report = SteadyStateReport.Newest(history, _experiment.Conditions, _experiment.SteadyWindow, from);
            if (report is { Holds: true } || _clock.Now >= deadline)
            {
                return report;
            }

            await Task.Delay(Glance, _clock.Time, _lever.Token).ConfigureAwait(false);
        }
    }

    // Of the very requests that the report counts; of all, where there were too few for a report.
    private string Seen(SteadyStateReport? report, TimeSpan from)
    {
        var (history, window) = (_history.LookAtAll(), report?.Window ?? new TimeWindow(from, _clock.Now));
        return WhatWasSeen.Between(history, _experiment.Conditions.Select(condition => condition.Source), window) + Unanswered.Of(_experiment, history, window);
    }

    // Figures that come from our own lateness say nothing of the system.
    private string? WhyUnfit() => _unfit ?? (Pace.Check(_history.LookAtAll()) is { Unfit: not null } kept ? kept.ToString() : null);

    private OpenRunHeader Header() => new(
        _runId,
        _experiment.Id,
        _options.Parameters,
        _experiment.Name,
        _options.Labels,
        _options.Origin,
        _experiment.Statement,
        _experiment.System.Name,
        _experiment.System.Environment ?? UnknownEnvironment,
        _experiment.System.Topology,
        _experiment.System.Components,
        _clock.StartedAt,
        _experiment.System.Speed,
        Versions,
        _options.PeopleFile);

    private RunVersions Versions => _options.Versions with { System = _experiment.System.Version };

    private RunRecord Record(History history, Outcome outcome, string? reason) => new()
    {
        RunId = _runId,
        ExperimentId = _experiment.Id,
        Parameters = _options.Parameters,
        Impossible = _guard.IsImpossible,
        Name = _experiment.Name,
        Labels = _options.Labels,
        Origin = _options.Origin,
        Hypothesis = _experiment.Statement,
        System = _experiment.System.Name,
        Environment = _experiment.System.Environment ?? UnknownEnvironment,
        Topology = _experiment.System.Topology,
        Speed = _experiment.System.Speed,
        Components = _experiment.System.Components,
        Plan = _plan,
        Versions = Versions,
        StartedAt = _clock.StartedAt,
        Duration = _clock.Now,
        Outcome = outcome,
        Reason = reason,
        Objectives = _experiment.Objectives,
        Script = _experiment.Script,
        Step = _experiment.Step,
        Go = _go,
        Signal = _experiment.RecoverySignal,
        Injection = history is { FirstStrike: { } first, Injection: { } last } ? new TimeWindow(first.Start, last.End) : null,
        Cut = history.Injection is null ? null : history.Cut,
        Revert = history.Injection is null ? null : _revert,
        SteadyStateBefore = _before,
        SteadyStateDuring = _during,
        SteadyStateAfter = _after,
        Phases = _phases.Records,
        Faults = [.. history.Faults.Where(fault => fault.Injected is not null).Select(FaultRecord.Of)],
        Unstruck = UnstruckFaults.Of(_experiment, _unstruckOf, history, _isObserved ? null : reason),
        Timeline = Timelines.Of(history),
        Logs = Excerpts(history),
        Observations = [.. history.Sources.Select(ObservationSeries.Of)],
    };

    private IReadOnlyList<LogExcerpt> Excerpts(History history)
    {
        if (history.Injection is not { } injection)
        {
            return [];
        }

        var recovered = _experiment.Recoveries.Select(recovery => recovery.Check(history)).FirstOrDefault()?.ServedFrom;
        return [.. _logs.Around("injection", injection.Start), .. recovered is { } at ? _logs.Around("recovery", at) : []];
    }
}
