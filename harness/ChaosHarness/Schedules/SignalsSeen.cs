using ChaosHarness.Histories;

namespace ChaosHarness.Schedules;

/// <summary>The signals of a run, for steps that wait for one.</summary>
internal sealed class SignalsSeen
{
    private readonly Lock _lock = new();
    private readonly List<SignalEvent> _signals = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(SignalEvent signal)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _signals.Add(signal);
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    public bool Any(Func<SignalEvent, bool> isMeant) => Find(isMeant, out _) is not null;

    /// <summary>The first that is meant, once it has come.</summary>
    public async Task<SignalEvent> FirstAsync(Func<SignalEvent, bool> isMeant, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Find(isMeant, out var more) is { } signal)
            {
                return signal;
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private SignalEvent? Find(Func<SignalEvent, bool> isMeant, out Task more)
    {
        lock (_lock)
        {
            more = _more.Task;
            return _signals.Find(signal => isMeant(signal));
        }
    }
}
