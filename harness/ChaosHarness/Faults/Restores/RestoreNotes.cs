using ChaosHarness.Calls;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults.Restores;

/// <summary>What a restore says of itself while it goes on: its phases, what was looked at, which writes are there.</summary>
public sealed class RestoreNotes
{
    private readonly Lock _lock = new();
    private readonly List<RestorePhase> _phases = [];
    private readonly List<RestoreCheck> _checks = [];
    private readonly List<HeldWrites> _held = [];
    private readonly List<string> _blind = [];
    private readonly string _name;
    private readonly RunClock _clock;
    private readonly HistoryWriter _history;
    private readonly TimeSpan _began;
    private TimeWindow? _target;
    private bool _isOfBrokenBackup;

    internal RestoreNotes(string name, RunClock clock, HistoryWriter history) => (_name, _clock, _history, _began) = (name, clock, history, clock.Now);

    /// <summary>The time since the start of the run, in which a <see cref="Targeted">moment</see> is told.</summary>
    public TimeSpan Now => _clock.Now;

    /// <summary>Says to which moment it is restored, as the clock of the database tells it: read that clock, and say between which times of the run it was read.</summary>
    /// <param name="moment">Not before its start, not after its end.</param>
    public void Targeted(TimeWindow moment) => _target = moment;

    /// <summary>Says what nobody looked at, so that a reader knows what a sound copy may still hide.</summary>
    /// <param name="what">Such as <c>rows that are missing: no workload was looked up</c>.</param>
    public void WouldMiss(string what)
    {
        lock (_lock)
        {
            _blind.Add(what);
        }
    }

    /// <summary>Says that the backup was broken on purpose: the run is no evidence of what its backups are worth, nor of how long a restore takes.</summary>
    public void BrokenOnPurpose() => _isOfBrokenBackup = true;

    /// <summary>Tries a restore whose outcome is no finding of the run, such as one of a backup that was broken on purpose.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="restore">The restore. What it throws is why there is no copy that could be used.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of it, and what was written meanwhile, for a checker to judge.</returns>
    public async ValueTask<RestoreAttempt> TryAsync(string name, Func<RestoreNotes, ValueTask> restore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(restore);
        var notes = new RestoreNotes(name, _clock, _history);
        return new RestoreAttempt(await notes.CopyOfAsync(restore, cancellationToken).ConfigureAwait(false), _history.LookAtAll());
    }

    /// <summary>Times a part of the restore.</summary>
    /// <typeparam name="T">What it yields.</typeparam>
    /// <param name="name">Such as <c>find</c>, <c>fetch</c>, <c>restore</c>, <c>replay</c> or <c>verify</c>.</param>
    /// <param name="work">The part.</param>
    /// <returns>What it yields.</returns>
    public async ValueTask<T> PhaseAsync<T>(string name, Func<ValueTask<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var start = _clock.Now;
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _phases.Add(new RestorePhase(name, new TimeWindow(start, _clock.Now)));
            }
        }
    }

    /// <summary>Times a part of the restore.</summary>
    /// <param name="name">Such as <c>replay</c>.</param>
    /// <param name="work">The part.</param>
    /// <returns>When it is over.</returns>
    public async ValueTask PhaseAsync(string name, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await PhaseAsync<object?>(name, async () =>
        {
            await work().ConfigureAwait(false);
            return null;
        }).ConfigureAwait(false);
    }

    /// <summary>Looks at something in the copy. One that throws has found that it cannot be looked at, which is no copy to rely on.</summary>
    /// <param name="name">What is looked at.</param>
    /// <param name="look">Says whether it is as it has to be, and what was seen.</param>
    /// <param name="cancellationToken">Ends the restore.</param>
    /// <returns>Whether it is.</returns>
    public async ValueTask<bool> CheckAsync(string name, Func<CancellationToken, ValueTask<(bool Passed, string Detail)>> look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        var start = _clock.Now;
        (bool Passed, string Detail) seen;
        try
        {
            seen = await look(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            seen = (false, exception.Message);
        }

        lock (_lock)
        {
            _checks.Add(new RestoreCheck(name, seen.Passed, seen.Detail, new TimeWindow(start, _clock.Now)));
        }

        return seen.Passed;
    }

    /// <summary>Looks every write of a workload up in the copy.</summary>
    /// <param name="workload">Its name.</param>
    /// <param name="stored">The ids of all that the copy holds, those of other runs included.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>When all are read.</returns>
    /// <exception cref="ArgumentException">The experiment has no such workload.</exception>
    public async ValueTask LookUpAsync(string workload, IAsyncEnumerable<StoredId> stored, CancellationToken cancellationToken)
    {
        var attempt = new ReadBackAttempt(_history.Look().Of(workload));
        await attempt.CountAllAsync(stored, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _held.Add(attempt.Held(workload));
        }
    }

    internal async ValueTask<RestoredCopy> CopyOfAsync(Func<RestoreNotes, ValueTask> restore, CancellationToken cancellationToken)
    {
        try
        {
            await restore(this).ConfigureAwait(false);
            return Copy(problem: null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Copy(CallException.TextOf(exception));
        }
    }

    internal RestoredCopy Copy(string? problem)
    {
        lock (_lock)
        {
            return new RestoredCopy(_name, new TimeWindow(_began, _clock.Now)) { Target = _target, Phases = [.. _phases], Checks = [.. _checks], Held = [.. _held], WouldMiss = [.. _blind], IsOfBrokenBackup = _isOfBrokenBackup, Problem = problem };
        }
    }
}
