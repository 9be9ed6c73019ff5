using ChaosHarness.Calls;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>
/// The faults of one run: journalled before they take effect, watched while they are in force, and undone whatever happens. When the lever is
/// pulled, their reverts begin on the thread of whoever pulls it: nothing that hangs keeps them from it.
/// </summary>
internal sealed class FaultInjection : IAsyncDisposable
{
    // The lever is what ends an injection at its maximum duration: it says why.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ApplyFarewell = TimeSpan.FromMilliseconds(150);
    private readonly Lock _lock = new();
    private readonly List<ActiveFault> _faults = [];
    private readonly List<ITimer> _timers = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly RunClock _clock;
    private readonly HistoryWriter _history;
    private readonly FaultJournal _journal;
    private readonly HaltLever _lever;
    private readonly CallLimits _limits;
    private readonly string? _system;
    private readonly ForeignCalls _calls;
    private readonly PresenceWatch _watch;
    private Task<string?[]>? _end;

    /// <param name="clock">The clock of the run.</param>
    /// <param name="history">What is told of the faults.</param>
    /// <param name="journal">Where they are noted before they take effect.</param>
    /// <param name="lever">What ends the run early.</param>
    /// <param name="limits">How long the calls may take.</param>
    /// <param name="system">The key of the system that they hit.</param>
    public FaultInjection(RunClock clock, HistoryWriter history, FaultJournal journal, HaltLever lever, CallLimits limits, string? system = null)
    {
        _clock = clock;
        _history = history;
        _journal = journal;
        _lever = lever;
        _limits = limits;
        _system = system;
        _calls = new ForeignCalls(clock.Time);
        _watch = new PresenceWatch(clock, history, limits.Presence);
        lever.StillOpen = () => [.. Faults.Where(fault => !fault.IsUndone).Select(fault => $"'{fault.Name}'")];
        lever.OnHalt(() => _ = EndAll());
    }

    public IReadOnlyList<ActiveFault> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Completes with what happened once somebody else took a fault away: what is measured then is not what was to be measured.</summary>
    public Task<string> Gone => _watch.Gone;

    /// <summary>Enters a fault in the history, before it strikes.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="planned">When it is to strike; its end is taken from the fault when it is left out.</param>
    /// <param name="end">When it is to end; null when nothing but the run and its maximum duration ends it.</param>
    /// <param name="strike">Which strike of the schedule it belongs to.</param>
    /// <param name="isWeakness">Whether it is a weakness that the disaster strikes on top of.</param>
    public FaultEntry Declare(Fault fault, TimeSpan planned, TimeSpan? end = null, int strike = 0, bool isWeakness = false) =>
        new(_history, new FaultWindow(UniqueName(fault.Name), fault.Targets, new TimeWindow(planned, end ?? planned + fault.MaximumDuration), null, null, null)
        {
            IsWeakness = isWeakness,
            Strike = strike,
        });

    /// <summary>Enters a fault in the history that was to strike and never did.</summary>
    public void DeclareUnstruck(string name, IReadOnlyList<string> targets, TimeWindow planned) =>
        _ = new FaultEntry(_history, new FaultWindow(UniqueName(name), targets, planned, null, null, null));

    /// <summary>Makes a fault take effect.</summary>
    /// <exception cref="CallException">It could not be planned or made to take effect; in the latter case it is undone with the others.</exception>
    public async Task<ActiveFault> InjectAsync(Fault fault, FaultEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var planning = await _calls.RunAsync(new Callee(entry.Name, "plan"), async token => await fault.PlanRevertAsync(token).ConfigureAwait(false) ?? throw new InvalidOperationException("it gave no recipe, and nothing is injected that nobody knows how to undo"), _limits.Plan, cancellationToken).ConfigureAwait(false);
        var active = new ActiveFault(Guid.NewGuid().ToString("N"), fault, planning.ValueOrThrow(), entry);
        await NoteAsync(active, cancellationToken).ConfigureAwait(false);
        entry.Planned(active.Recipe.Kind, fault.HitOf(active.Recipe));
        Add(active, cancellationToken);
        (await _calls.RunAsync(new Callee(entry.Name, "prepare"), token => fault.PrepareAsync(active.Recipe, token), _limits.Plan, cancellationToken).ConfigureAwait(false)).Require();

        var start = _clock.Now;
        var limit = fault.MaximumDuration;
        // Counted from here: one that never takes effect, or never says so, is undone in time too.
        AddTimer(limit, () => EndOverdue(active, limit));
        var apply = active.Begin(() => _calls.Start(new Callee(active.Name, "apply"), token => fault.ApplyAsync(active.Recipe, _clock, _history, token), limit + Grace, cancellationToken))
            ?? throw new OperationCanceledException($"'{active.Name}' was undone before it took effect.", cancellationToken);
        entry.Injected(start, start);
        (await apply.Result.ConfigureAwait(false)).Require();
        var end = _clock.Now;
        entry.Injected(start, end);
        _watch.Start(active, end);
        return active;
    }

    /// <summary>Looks once more at every fault that is in force: to be called when observing has ended, before anything is undone.</summary>
    public Task LookAsync() => Task.WhenAll(Faults.Where(fault => fault.Entry.Window is { End: null, Injected: not null }).Select(fault => _watch.LookAsync(fault, fault.Entry.Window.Injected!.Value.End)));

    /// <summary>Undoes one fault, and leaves the others in force.</summary>
    /// <returns>Why it could not be undone; null when it was.</returns>
    public Task<string?> EndAsync(ActiveFault fault) => fault.EndAsync(RevertAsync);

    /// <summary>Undoes whatever is in force: side by side, newest first where they share a target. Nothing takes effect after that.</summary>
    /// <returns>What could not be undone, with what a person does about it.</returns>
    public async Task<IReadOnlyList<string>> RevertAllAsync() => [.. (await EndAll().ConfigureAwait(false)).OfType<string>()];

    public async ValueTask DisposeAsync()
    {
        await EndAll().ConfigureAwait(false);
        foreach (var timer in _timers)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<string?[]> EndAll()
    {
        lock (_lock)
        {
            if (_end is null)
            {
                // What is seen from here on is what the reverts do.
                _history.Cut();
                var newestFirst = _faults.AsEnumerable().Reverse().ToList();
                _end = RevertOrder.RunAsync([.. newestFirst.Select(fault => fault.Fault.Targets)], number => EndAsync(newestFirst[number]), _clock.Time);
            }

            return _end;
        }
    }

    private void EndOverdue(ActiveFault fault, TimeSpan limit) =>
        fault.WhileInForce(() => ThreadPool.UnsafeQueueUserWorkItem(_ => _lever.Halt($"'{fault.Name}' reached its maximum duration of {DurationText.Format(limit)}"), null));

    // Not tied to any cancellation of the run: a revert is what has to happen then.
    private async Task<string?> RevertAsync(ActiveFault fault)
    {
        if (fault.Apply is { Returned.IsCompleted: false } apply)
        {
            apply.Abandon();
            // One that listens ends now, and what it did is known to be all. One that does not is undone all the same.
            await Task.WhenAny(apply.Returned, Task.Delay(ApplyFarewell, _clock.Time)).ConfigureAwait(false);
        }

        var start = _clock.Now;
        string? problem = null;
        for (var attempt = 1; attempt <= _limits.RevertAttempts; attempt++)
        {
            var result = await _calls.RunAsync(new Callee(fault.Name, "revert"), token => fault.Fault.RevertAsync(fault.Recipe, token), _limits.Revert, CancellationToken.None).ConfigureAwait(false);
            problem = result.Cause;
            if (problem is null)
            {
                fault.Entry.Reverted(start, _clock.Now);
                await NoteUndoneAsync(fault).ConfigureAwait(false);
                return null;
            }

            Tell(fault, result.Problem!);
            if (attempt < _limits.RevertAttempts)
            {
                await Task.Delay(_limits.RevertPause, _clock.Time).ConfigureAwait(false);
            }
        }

        fault.Entry.Ended(FaultEnd.NotReverted);
        return $"'{fault.Name}' could not be reverted: {problem?.TrimEnd('.')}. {fault.Recipe.Instructions}";
    }

    private async Task NoteAsync(ActiveFault fault, CancellationToken cancellationToken)
    {
        var line = new FaultJournalLine(FaultJournalEvent.Planned, fault.Id, _clock.Time.GetUtcNow()) { Fault = fault.Name, Targets = fault.Fault.Targets, System = _system, Recipe = fault.Recipe };
        (await _calls.RunAsync(new Callee(fault.Name, "note in the fault journal"), () => _journal.Planned(line), _limits.Note, cancellationToken).ConfigureAwait(false)).Require();
    }

    // A journal that cannot be written keeps nothing from being undone: the next run then undoes it once more, which does no harm.
    private async Task NoteUndoneAsync(ActiveFault fault)
    {
        if (fault.Apply is { Returned.IsCompleted: false } apply)
        {
            Tell(fault, "its injection has not returned; should it take effect after all, it is undone again");
            _ = RevertAgainAsync(fault, apply);
            if (fault.Recipe.Kind != RevertRecipe.InProcess)
            {
                // This process may not live to see it: whoever comes next undoes it.
                return;
            }
        }

        await NoteRevertedAsync(fault).ConfigureAwait(false);
    }

    private async Task NoteRevertedAsync(ActiveFault fault)
    {
        var noted = await _calls.RunAsync(new Callee(fault.Name, "note in the fault journal as undone"), () => _journal.Reverted(fault.Id), _limits.Note, CancellationToken.None).ConfigureAwait(false);
        if (noted.Problem is { } problem)
        {
            Tell(fault, $"{problem}; it is undone, and the next run will undo it once more");
        }
    }

    private async Task RevertAgainAsync(ActiveFault fault, ForeignCall<bool> apply)
    {
        await apply.Returned.ConfigureAwait(false);
        var again = await _calls.RunAsync(new Callee(fault.Name, "revert"), token => fault.Fault.RevertAsync(fault.Recipe, token), _limits.Revert, CancellationToken.None).ConfigureAwait(false);
        if (again.IsCompleted)
        {
            await NoteRevertedAsync(fault).ConfigureAwait(false);
        }
    }

    private void Add(ActiveFault fault, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_end is null)
            {
                _faults.Add(fault);
                return;
            }
        }

        // Never in force: nothing to undo, and no need to tell of a line that could not be written.
        _ = NoteRevertedAsync(fault);
        throw new OperationCanceledException($"'{fault.Name}' was not injected any more.", cancellationToken);
    }

    private void AddTimer(TimeSpan after, Action act)
    {
        var timer = _clock.Time.CreateTimer(_ => act(), null, after, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            _timers.Add(timer);
        }
    }

    private void Tell(ActiveFault fault, string what) => _history.Add(new Mark(_clock.Now, MarkKind.Note, fault.Name, what));

    private string UniqueName(string name)
    {
        lock (_lock)
        {
            var count = _names[name] = _names.GetValueOrDefault(name) + 1;
            return count == 1 ? name : $"{name} ({count})";
        }
    }
}
