namespace ChaosHarness.Safety.Watchdogs;

/// <summary>A run that is watched until this is disposed.</summary>
/// <param name="problem">Completes when the watchdog looks after it, with why it does not or not wholly; null when all is well. Throws nothing.</param>
/// <param name="end">Says that the run is over.</param>
internal sealed class WatchedRun(Task<string?> problem, Action end) : IDisposable
{
    private Action? _end = end;

    public Task<string?> Problem => problem;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
