namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>Does something again and again, each time due on a schedule from the start: what takes long does not shift what comes after it.</summary>
internal sealed class Repetition : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private Repetition(TimeProvider time, IReadOnlyList<TimeSpan> pauses, Func<int, CancellationToken, Task> act) => _running = RunAsync(time, pauses, act);

    /// <summary>Starts; the first time is one pause away.</summary>
    /// <param name="time">Where time comes from.</param>
    /// <param name="pause">The time between.</param>
    /// <param name="act">What to do, with how often it was done before. A failure that it throws ends the repetition.</param>
    /// <returns>What runs; disposing stops it, and waits until it has.</returns>
    public static Repetition Start(TimeProvider time, TimeSpan pause, Func<int, CancellationToken, Task> act) => new(time, [pause], act);

    /// <summary>Starts with pauses that take turns.</summary>
    public static Repetition Start(TimeProvider time, IReadOnlyList<TimeSpan> pauses, Func<int, CancellationToken, Task> act) => new(time, pauses, act);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(TimeProvider time, IReadOnlyList<TimeSpan> pauses, Func<int, CancellationToken, Task> act)
    {
        var start = time.GetTimestamp();
        var due = TimeSpan.Zero;
        for (var turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            due += pauses[turn % pauses.Count];
            var wait = due - time.GetElapsedTime(start);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, _stop.Token).ConfigureAwait(false);
            await act(turn, _stop.Token).ConfigureAwait(false);
        }
    }
}
