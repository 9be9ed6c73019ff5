namespace ChaosHarness.Systems;

/// <summary>Looks at something again and again, on a schedule that does not drift, until it is disposed of. A look that fails or hangs says nothing.</summary>
/// <typeparam name="T">What is seen.</typeparam>
internal sealed class Polling<T> : IDisposable
    where T : class
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Func<CancellationToken, Task<T>> _look;
    private readonly Action<T, long?> _seen;
    private bool _isOver;

    /// <param name="time">Where time comes from.</param>
    /// <param name="every">How often.</param>
    /// <param name="timeout">What takes longer is given up.</param>
    /// <param name="look">Looks.</param>
    /// <param name="seen">Told what was seen, and when the last look that succeeded before this one began; null for the first.</param>
    public Polling(TimeProvider time, TimeSpan every, TimeSpan timeout, Func<CancellationToken, Task<T>> look, Action<T, long?> seen)
    {
        (_time, _timeout, _look, _seen) = (time, timeout, look, seen);
        _ = Task.Run(() => PollAsync(every));
    }

    // Waits for a call that goes on: none comes afterwards.
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _ended.Cancel();
    }

    private async Task PollAsync(TimeSpan every)
    {
        long? last = null;
        var due = _time.GetTimestamp();
        var period = Math.Max(1, (long)(every.TotalSeconds * _time.TimestampFrequency));
        while (!_ended.IsCancellationRequested)
        {
            // What is seen may be as old as the asking for it.
            var began = _time.GetTimestamp();
            if (await LookAsync().ConfigureAwait(false) is { } seen)
            {
                Pass(seen, last);
                last = began;
            }

            // The next moment that is still to come: a look that took long is not made up for.
            due += period * Math.Max(1, (_time.GetTimestamp() - due + period) / period);
            await Task.Delay(_time.GetElapsedTime(_time.GetTimestamp(), due), _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Pass(T seen, long? last)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _seen(seen, last);
            }
        }
    }

    private async Task<T?> LookAsync()
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _ended.Token);
        try
        {
            return await _look(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It could not be seen.
            return null;
        }
    }
}
