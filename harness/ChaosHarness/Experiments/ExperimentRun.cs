using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Logs;
using ChaosHarness.Measurement;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>One run of an experiment: the eight steps, in their order, whatever happens.</summary>
internal sealed class ExperimentRun
{
    private const int SteadyWindowsTried = 5;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly Experiment _experiment;
    private readonly RunnerOptions _options;
    private readonly HaltLever _lever;
    private readonly RunClock _clock;
    private readonly HistoryWriter _history;
    private readonly Timeline _timeline = new();
    private readonly RunLogs _logs;
    private readonly PhaseLog _phases;
    private readonly string _runId;
    private Task _running = Task.CompletedTask;
    private IReadOnlyList<string> _unstruck = [];
    private TimeWindow? _injection;
    private TimeWindow? _revert;
    private TimeSpan _observedUntil;
    private SteadyStateReport? _before;
    private SteadyStateReport? _during;
    private SteadyStateReport? _after;
    private DataLoss? _dataLoss;
    private IReadOnlyList<FaultRecord> _faults = [];
    private IReadOnlyList<ObservationSeries> _series = [];

    public ExperimentRun(Experiment experiment, RunnerOptions options, HaltLever lever)
    {
        _experiment = experiment;
        _options = options;
        _lever = lever;
        _clock = new RunClock(options.Time);
        _history = new HistoryWriter(_clock);
        _logs = new RunLogs(_clock);
        _phases = new PhaseLog(_clock, _timeline);
        _runId = RunRecord.NewRunId(_clock.StartedAt);
    }

    public async Task<RunRecord> ExecuteAsync()
    {
        _phases.Add(PhaseName.Build, PhaseStatus.Passed, TimeSpan.Zero, _experiment.Statement);
        var (outcome, reason) = await RunStepsAsync().ConfigureAwait(false);
        return await Recording.RecordAsync(Result(outcome, reason), _options.Recorders, _clock).ConfigureAwait(false);
    }

    // The order of the catch blocks is the order of precedence: a run that was halted is Halted, whatever that tore down.
    private async Task<(Outcome Outcome, string? Reason)> RunStepsAsync()
    {
        var subscriptions = new List<IDisposable>();
        try
        {
            subscriptions.AddRange(_experiment.System.Logs.Select(_logs.ListenTo));
            subscriptions.AddRange(_experiment.System.Signals.Select(source => source.Subscribe(Note)));
            await _phases.RunAsync(PhaseName.Guard, GuardAsync).ConfigureAwait(false);
            await BreakAndMeasureAsync().ConfigureAwait(false);
            return _unstruck.Count > 0 ? (Outcome.Failed, string.Join("; ", _unstruck))
                : _injection is not null && _after is { Holds: true } ? (Outcome.Passed, null) : (Outcome.Failed, "the steady state did not come back");
        }
        catch (RevertFailedException exception)
        {
            return (Outcome.Broken, exception.Message);
        }
        catch (Exception) when (_lever.Reason is { } reason)
        {
            _timeline.Add(_clock.Now, TimelineKind.Halt, "run", reason);
            return (Outcome.Halted, reason);
        }
        catch (NotRunException exception)
        {
            return (Outcome.Inconclusive, exception.Message);
        }
        catch (CheckFailedException exception)
        {
            return (Outcome.Failed, exception.Message);
        }
        catch (Exception exception) when (exception is CallException or StrikeFailedException)
        {
            return (Outcome.Broken, exception.Message);
        }
        catch (Exception exception)
        {
            return (Outcome.Broken, $"{exception.GetType().Name}: {exception.Message}");
        }
        finally
        {
            subscriptions.ForEach(subscription => subscription.Dispose());
        }
    }

    private async Task<string?> GuardAsync()
    {
        _lever.Token.ThrowIfCancellationRequested();
        var leftovers = await LeftoverFaults.RevertAsync(_options.FaultJournalFolder, [.. _options.Reverters, .. RecipeReverters.BuiltIn], _options.Time, _lever.Token).ConfigureAwait(false);
        foreach (var leftover in leftovers)
        {
            _timeline.Add(_clock.Now, TimelineKind.Revert, leftover.Fault, leftover.Problem ?? "left by a killed run, reverted");
        }

        IReadOnlyList<Fault> faults = [.. _experiment.Weakened, .. _experiment.Faults];
        var targets = faults.SelectMany(fault => fault.Targets).ToList();
        if (leftovers.FirstOrDefault(leftover => leftover.Blocks(_experiment.System.Identity.Key, targets)) is { } open)
        {
            throw new NotRunException($"an earlier run left '{open.Fault}' behind: {open.Problem} Then discard {open.Id}, or remove {open.Journal}");
        }

        if (Guard.WhyRefused(_experiment.System, [.. faults.Select(fault => new PlannedHit(fault.Name, fault.Targets, fault.Impossible))], _options.Safety) is { } refusal)
        {
            throw new NotRunException(refusal);
        }

        var sights = _experiment.Probes.Where(probe => probe.Sight is not null).Select(probe => (probe.Name, probe.Sight!)).ToList();
        if (await new FaultLooks(_options.Time).WhyRefusedAsync(faults, sights, _lever.Token).ConfigureAwait(false) is { } obstacle)
        {
            _lever.Token.ThrowIfCancellationRequested();
            throw new NotRunException(obstacle);
        }

        return null;
    }

    private async Task BreakAndMeasureAsync()
    {
        using var journal = FaultJournal.Create(_options.FaultJournalFolder, _runId, _options.Time);
        var injection = new FaultInjection(_clock, _history, journal, _lever, _experiment.System.Identity.Key);
        await using var observers = new Observers(_experiment, _clock);
        try
        {
            await _phases.RunAsync(PhaseName.SteadyState, () => SteadyStateAsync(observers)).ConfigureAwait(false);
            try
            {
                await BreakAsync(observers, injection).ConfigureAwait(false);
            }
            finally
            {
                await _phases.RunAsync(PhaseName.Revert, () => RevertAsync(injection)).ConfigureAwait(false);
            }

            await _phases.RunAsync(PhaseName.Verify, () => VerifyAsync(observers)).ConfigureAwait(false);
        }
        finally
        {
            await observers.DisposeAsync().ConfigureAwait(false);
            await injection.DisposeAsync().ConfigureAwait(false);
            _series = observers.Series;
            NoteFaults();
        }
    }

    private async Task<string?> SteadyStateAsync(Observers observers)
    {
        var deadline = _clock.Now + (_experiment.SteadyWindow * SteadyWindowsTried);
        var report = await WatchAsync(observers, _clock.Now, deadline).ConfigureAwait(false);
        _before = report;
        return report is { Holds: true }
            ? report.ToString()
            : throw new NotRunException($"the steady state did not hold before anything was injected: {report?.ToString() ?? "no answers"}");
    }

    private async Task BreakAsync(Observers observers, FaultInjection injection)
    {
        using var stop = new CancellationTokenSource();
        var watcher = new StopWatcher(
            _clock,
            _lever,
            [.. _experiment.StopConditions.Select(condition => new StopCheck(
                condition.Name,
                token => condition.WhyStopAsync(new StopContext(_clock.Now, _injection?.Start ?? _clock.Now, observers.Since), token)))],
            _options.Safety.HaltFile).RunAsync(stop.Token);
        using var schedule = new ScheduleRun(_experiment.Schedule, _clock, _history, injection);
        try
        {
            await _phases.RunAsync(PhaseName.Inject, () => InjectAsync(injection, schedule)).ConfigureAwait(false);
            await _phases.RunAsync(PhaseName.Observe, () => ObserveAsync(observers, injection, schedule)).ConfigureAwait(false);
            await injection.LookAsync().ConfigureAwait(false);
            if (injection.Gone.IsCompleted)
            {
                throw new StrikeFailedException(await injection.Gone.ConfigureAwait(false));
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await watcher.ConfigureAwait(false);
        }
    }

    private async Task<string?> InjectAsync(FaultInjection injection, ScheduleRun schedule)
    {
        foreach (var weakness in _experiment.Weakened)
        {
            await injection.InjectAsync(weakness, injection.Declare(weakness, _clock.Now, isWeakness: true), _lever.Token).ConfigureAwait(false);
        }

        await Task.Delay(_experiment.Settle, _clock.Time, _lever.Token).ConfigureAwait(false);
        var start = _clock.Now;
        _injection = new TimeWindow(start, start);
        _running = schedule.RunAsync(_lever.Token);
        await (await Task.WhenAny(_running, schedule.AllStruck).ConfigureAwait(false)).ConfigureAwait(false);
        _injection = new TimeWindow(start, _clock.Now);
        return string.Join("; ", _experiment.Weakened.Select(fault => fault.Name).Append(_experiment.Schedule.Description));
    }

    private async Task<string?> ObserveAsync(Observers observers, FaultInjection injection, ScheduleRun schedule)
    {
        var window = _injection!.Value;
        while (true)
        {
            await Task.Delay(Glance, _clock.Time, _lever.Token).ConfigureAwait(false);
            if (injection.Gone.IsCompleted)
            {
                throw new StrikeFailedException(await injection.Gone.ConfigureAwait(false));
            }

            if (_running.IsCompleted)
            {
                await _running.ConfigureAwait(false);
            }

            var now = _clock.Now;
            var settled = observers.Settled(_experiment.RecoverySignal!);
            var until = settled is [.., var last] ? last.Due : TimeSpan.Zero;
            var recovery = RecoveryTime.Measure(settled, window, until, _experiment.StabilityWindow);
            var isDone = recovery.Recovered && _running.IsCompleted && now - window.End >= _experiment.ObserveAtLeast;
            if (isDone || now - window.End >= _experiment.Deadline)
            {
                // Not recovered: what is still unanswered belongs to the outage, so nothing is cut off.
                _observedUntil = isDone ? until : now;
                _unstruck = schedule.Stop();
                _during = observers.Read(_experiment.Conditions, until - window.Start, window.Start);
                return recovery.ToString();
            }
        }
    }

    private async Task<string?> RevertAsync(FaultInjection injection)
    {
        var start = _clock.Now;
        var failures = await injection.RevertAllAsync().ConfigureAwait(false);
        _revert = new TimeWindow(start, _clock.Now);
        return failures.Count == 0 ? null : throw new RevertFailedException(string.Join(" ", failures));
    }

    private async Task<string?> VerifyAsync(Observers observers)
    {
        var start = _clock.Now;
        await Task.Delay(_experiment.VerifyAtLeast, _clock.Time, _lever.Token).ConfigureAwait(false);
        _after = await WatchAsync(observers, start, start + _experiment.VerifyWithin + _experiment.VerifyAtLeast).ConfigureAwait(false);
        // Nothing may be under way while writes are looked up.
        await observers.DisposeAsync().ConfigureAwait(false);
        if (observers.Load is { Workload.Stored: { } stored } load)
        {
            _dataLoss = await Reconciliation.ReconcileAsync(load.Writes, stored(_lever.Token), _injection!.Value, Promotions(), _lever.Token).ConfigureAwait(false);
        }

        return _after is { Holds: true }
            ? string.Join("; ", new[] { _after.ToString(), _dataLoss?.ToString() }.OfType<string>())
            : throw new CheckFailedException($"the steady state did not come back within {DurationText.Format(_experiment.VerifyWithin)}: {_after?.ToString() ?? "no answers"}");
    }

    private IReadOnlyList<Promotion> Promotions() =>
    [
        .. _timeline.Signals
            .Where(signal => signal.Signal.Kind == SignalKind.Promoted)
            .Select(signal => new Promotion(signal.Signal.Source, signal.At)),
    ];

    private async Task<SteadyStateReport?> WatchAsync(Observers observers, TimeSpan from, TimeSpan deadline)
    {
        while (true)
        {
            var report = observers.Read(_experiment.Conditions, _experiment.SteadyWindow, from);
            if (report is { Holds: true } || _clock.Now >= deadline)
            {
                return report;
            }

            await Task.Delay(Glance, _clock.Time, _lever.Token).ConfigureAwait(false);
        }
    }

    private void Note(Signal signal)
    {
        var at = _clock.At(signal.Timestamp);
        _history.Add(new SignalEvent(signal.Source, signal.Kind, signal.Detail, at, at) { Breaker = signal.Breaker });
        _timeline.Add(new TimedSignal(at, signal));
    }

    private void NoteFaults()
    {
        var history = _history.Look();
        var struck = history.Faults.Where(fault => fault.Injected is not null).ToList();
        _faults = [.. struck.Select(fault => new FaultRecord(fault.Name, fault.Targets, fault.RevertKind ?? "", fault.Injected!.Value, fault.Reverted))];
        foreach (var fault in struck)
        {
            _timeline.Add(fault.Injected!.Value.Start, TimelineKind.Injection, fault.Name, "begins");
            _timeline.Add(fault.Injected.Value.End, TimelineKind.Injection, fault.Name, "has taken effect");
            if (fault.Reverted is { } reverted)
            {
                _timeline.Add(reverted.Start, TimelineKind.Revert, fault.Name, "revert begins");
                _timeline.Add(reverted.End, TimelineKind.Revert, fault.Name, "reverted");
            }
        }

        foreach (var mark in history.Marks)
        {
            _timeline.Add(mark.At, TimelineKind.Note, mark.Source, mark.Detail);
        }
    }

    private RunRecord Result(Outcome outcome, string? reason)
    {
        var measured = Analysis.Measure(_experiment, _series, _timeline.Signals, _faults, _injection, RevertOfFaults(), _observedUntil) with { DataLoss = _dataLoss };
        var wasJudged = outcome is Outcome.Passed or Outcome.Failed;
        var verdicts = wasJudged ? ObjectiveJudgement.Judge(_experiment.Objectives, measured, _after) : [];
        var missed = verdicts.Where(verdict => !verdict.Met).Select(verdict => $"{verdict.Objective} missed: {verdict.Actual}").ToList();
        return new RunRecord
        {
            RunId = _runId,
            ExperimentId = _experiment.Id,
            Name = _experiment.Name,
            Labels = _options.Labels,
            Origin = _options.Origin,
            Hypothesis = _experiment.Statement,
            System = _experiment.System.Name,
            Environment = _experiment.System.Environment ?? "unknown",
            Topology = _experiment.System.Topology,
            Components = _experiment.System.Components,
            StartedAt = _clock.StartedAt,
            Duration = _clock.Now,
            Outcome = missed.Count > 0 ? Outcome.Failed : outcome,
            Reason = missed.Count > 0 ? string.Join("; ", missed) : reason,
            Objectives = _experiment.Objectives,
            Verdicts = verdicts,
            Measurements = measured,
            Injection = _injection,
            Revert = _injection is null ? null : _revert,
            SteadyStateBefore = _before,
            SteadyStateDuring = _during,
            SteadyStateAfter = _after,
            Phases = _phases.Records,
            Faults = _faults,
            Timeline = _timeline.Events,
            Logs = Excerpts(measured),
            Observations = _series,
        };
    }

    private IReadOnlyList<LogExcerpt> Excerpts(Measurements measured) => _injection is not { } injection
        ? []
        : [.. _logs.Around("injection", injection.Start), .. measured.Recovery is { Interrupted: true, StableFrom: { } recovered } ? _logs.Around("recovery", recovered) : []];

    // A fault with a duration was undone before the revert step, and recovery counts from then.
    private TimeWindow? RevertOfFaults()
    {
        var reverted = _faults.Where(fault => fault.Injected.Start >= (_injection?.Start ?? TimeSpan.MaxValue)).Select(fault => fault.Reverted).OfType<TimeWindow>().ToList();
        return reverted.Count == 0 ? null : new TimeWindow(reverted.Min(window => window.Start), reverted.Max(window => window.End));
    }
}
