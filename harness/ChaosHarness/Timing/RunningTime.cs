namespace ChaosHarness.Timing;

/// <summary>How long something may take, not counting the times in which it only waits. Safe for many threads.</summary>
public sealed class RunningTime : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long _since;
    private int _waits;

    /// <summary>Begins to count.</summary>
    /// <param name="limit">How long it may take; above zero.</param>
    /// <param name="time">Where time comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above zero.</exception>
    public RunningTime(TimeSpan limit, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(time);
        _left = limit;
        _time = time;
        _since = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((RunningTime)state!).Expire(), this, Within(limit), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled once the time is over.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>Stops counting, until what it returns is disposed of. Waits may overlap: it counts again when none is left.</summary>
    /// <returns>The wait.</returns>
    public IDisposable Wait()
    {
        lock (_lock)
        {
            if (_waits++ == 0)
            {
                _left -= _time.GetElapsedTime(_since);
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        return new Waiting(this);
    }

    /// <summary>Counts no longer; the token stays as it is.</summary>
    public void Dispose() => _timer.Dispose();

    private static TimeSpan Within(TimeSpan left) => left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer;

    private void Resume()
    {
        lock (_lock)
        {
            if (--_waits == 0)
            {
                _since = _time.GetTimestamp();
                _timer.Change(Within(_left), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Expire()
    {
        lock (_lock)
        {
            // It fired when a wait began.
            if (_waits > 0)
            {
                return;
            }

            var left = _left - _time.GetElapsedTime(_since);
            if (left > TimeSpan.Zero)
            {
                _timer.Change(Within(left), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        // Its callbacks are code of others.
        _ = _over.CancelAsync();
    }

    private sealed class Waiting(RunningTime limit) : IDisposable
    {
        private RunningTime? _limit = limit;

        public void Dispose() => Interlocked.Exchange(ref _limit, null)?.Resume();
    }
}
