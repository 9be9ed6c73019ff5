namespace ChaosHarness.Timing;

/// <summary>
/// How long something may take, not counting the times in which it only waits. Where several works of it go on side by side, it waits while all of them
/// do: one that waits for another is no reason to let that one go on for ever. Safe for many threads.
/// </summary>
public sealed class RunningTime : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long _since;
    private int _works;
    private int _waits;
    private bool _isStill;

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

    /// <summary>Says that a work has begun, until what it returns is disposed of.</summary>
    /// <returns>The work.</returns>
    public IDisposable Work() => new Change(this, works: 1, waits: 0);

    /// <summary>Says that a work only waits, until what it returns is disposed of. It is counted again when fewer wait than work.</summary>
    /// <returns>The wait.</returns>
    public IDisposable Wait() => new Change(this, works: 0, waits: 1);

    /// <summary>Counts no longer; the token stays as it is.</summary>
    public void Dispose() => _timer.Dispose();

    private static TimeSpan Within(TimeSpan left) => left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer;

    private void Add(int works, int waits)
    {
        lock (_lock)
        {
            _works += works;
            _waits += waits;
            var isStill = _waits > 0 && _waits >= _works;
            if (isStill == _isStill)
            {
                return;
            }

            _isStill = isStill;
            if (isStill)
            {
                _left -= _time.GetElapsedTime(_since);
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            else
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
            if (_isStill)
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

    private sealed class Change : IDisposable
    {
        private readonly (int Works, int Waits) _added;
        private RunningTime? _limit;

        public Change(RunningTime limit, int works, int waits)
        {
            (_limit, _added) = (limit, (works, waits));
            limit.Add(works, waits);
        }

        public void Dispose() => Interlocked.Exchange(ref _limit, null)?.Add(-_added.Works, -_added.Waits);
    }
}
