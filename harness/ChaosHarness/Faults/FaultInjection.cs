using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>The faults of one run: journalled before they take effect, undone newest first, each as often as it takes.</summary>
internal sealed class FaultInjection(RunClock clock, HistoryWriter history, FaultJournal journal) : IAsyncDisposable
{
    private const int RevertAttempts = 3;
    private static readonly TimeSpan RevertTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RevertPause = TimeSpan.FromMilliseconds(500);
    private readonly Lock _lock = new();
    private readonly List<ActiveFault> _faults = [];
    private readonly List<Task> _ends = [];
    private readonly CancellationTokenSource _stopTimers = new();
    private readonly TaskCompletionSource<string> _overdue = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>Completes with the reason when a fault had to be undone because it reached its maximum duration.</summary>
    public Task<string> Overdue => _overdue.Task;

    /// <summary>Whether a fault with a duration is still active.</summary>
    public bool HasTimedFaults => Faults.Any(fault => fault is { EndsByItself: true, Reverted: null });

    /// <summary>Whether what is injected now are weaknesses, which are no part of the disaster.</summary>
    public bool IsWeakness { get; set; }

    /// <summary>The strike that what is injected now belongs to.</summary>
    public int Strike { get; set; }

    public async Task<ActiveFault> InjectAsync(SingleFault fault, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var recipe = await fault.PlanRevertAsync(cancellationToken).ConfigureAwait(false);
        var start = clock.Now;
        var window = new FaultWindow(fault.Description, fault.Targets, new TimeWindow(start, start + fault.MaximumDuration), null, null, null)
        {
            IsWeakness = IsWeakness,
            Strike = Strike,
            RevertKind = recipe.Kind,
        };
        var active = new ActiveFault(Guid.NewGuid().ToString("N"), fault, recipe) { Number = history.Add(window), Window = window };
        journal.Planned(active.Id, fault.Description, recipe);
        lock (_lock)
        {
            _faults.Add(active);
        }

        Note(active, window with { Injected = new TimeWindow(start, start) });
        await fault.ApplyAsync(recipe, cancellationToken).ConfigureAwait(false);
        Note(active, active.Window with { Injected = new TimeWindow(start, clock.Now) });
        Track(EndOverdueAsync(active));
        return active;
    }

    public void EndAfter(IReadOnlyList<ActiveFault> faults, TimeSpan duration)
    {
        foreach (var fault in faults)
        {
            fault.EndsByItself = true;
        }

        Track(EndAfterAsync(faults, duration));
    }

    /// <summary>Undoes whatever is active, newest first; an error does not keep the others from being undone.</summary>
    /// <returns>What could not be undone, with the reason.</returns>
    public async Task<IReadOnlyList<string>> RevertAllAsync()
    {
        await _stopTimers.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(Ends()).ConfigureAwait(false);
        var failures = new List<string>();
        foreach (var fault in Faults.Reverse())
        {
            if (await TryRevertAsync(fault).ConfigureAwait(false) is { } failure)
            {
                failures.Add(failure);
            }
        }

        return failures;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopTimers.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(Ends()).ConfigureAwait(false);
        _stopTimers.Dispose();
    }

    private async Task<string?> TryRevertAsync(ActiveFault fault)
    {
        await fault.Gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (fault.Reverted is not null)
            {
                return null;
            }

            var start = clock.Now;
            string? failure = null;
            for (var attempt = 1; attempt <= RevertAttempts; attempt++)
            {
                failure = await AttemptRevertAsync(fault).ConfigureAwait(false);
                if (failure is null)
                {
                    Note(fault, fault.Window with { Reverted = new TimeWindow(start, clock.Now), End = FaultEnd.Reverted });
                    fault.MarkEnded();
                    journal.Reverted(fault.Id);
                    return null;
                }

                history.Add(new Mark(clock.Now, MarkKind.Note, fault.Fault.Description, $"revert failed: {failure}"));
                if (attempt < RevertAttempts)
                {
                    await Task.Delay(RevertPause, clock.Time).ConfigureAwait(false);
                }
            }

            return $"'{fault.Fault.Description}' could not be reverted: {failure} {fault.Recipe.Instructions}";
        }
        finally
        {
            fault.Gate.Release();
        }
    }

    // Not tied to any cancellation of the run: a revert is what has to happen then.
    private async Task<string?> AttemptRevertAsync(ActiveFault fault)
    {
        using var timeout = new CancellationTokenSource(RevertTimeout, clock.Time);
        try
        {
            await fault.Fault.RevertAsync(fault.Recipe, timeout.Token).AsTask().WaitAsync(timeout.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return $"not done within {DurationText.Format(RevertTimeout)}.";
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    private async Task EndAfterAsync(IReadOnlyList<ActiveFault> faults, TimeSpan duration)
    {
        if (await WaitedAsync(duration).ConfigureAwait(false))
        {
            foreach (var fault in faults.Reverse())
            {
                await TryRevertAsync(fault).ConfigureAwait(false);
            }
        }
    }

    private async Task EndOverdueAsync(ActiveFault fault)
    {
        if (await WaitedAsync(fault.Fault.MaximumDuration).ConfigureAwait(false) && fault.Reverted is null)
        {
            _overdue.TrySetResult($"'{fault.Fault.Description}' reached its maximum duration of {DurationText.Format(fault.Fault.MaximumDuration)}");
            await TryRevertAsync(fault).ConfigureAwait(false);
        }
    }

    private async Task<bool> WaitedAsync(TimeSpan duration)
    {
        await Task.Delay(duration, clock.Time, _stopTimers.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stopTimers.IsCancellationRequested;
    }

    private void Note(ActiveFault fault, FaultWindow window)
    {
        fault.Window = window;
        history.Update(fault.Number, window);
    }

    private void Track(Task end)
    {
        lock (_lock)
        {
            _ends.Add(end);
        }
    }

    private Task[] Ends()
    {
        lock (_lock)
        {
            return [.. _ends];
        }
    }
}
