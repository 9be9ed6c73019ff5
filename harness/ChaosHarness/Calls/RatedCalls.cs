using System.Globalization;

namespace ChaosHarness.Calls;

/// <summary>
/// Calls code that is not the harness's own many times a second: one source, a probe or a workload. Sending hands the call to threads of the
/// source and returns at once. All calls have the same time-out, so they expire in the order in which they were sent: one timer is enough.
/// </summary>
internal sealed class RatedCalls<T> : IAsyncDisposable
{
    /// <summary>With so many threads of a source blocked, nothing more is sent to it.</summary>
    public const int MostThreads = 256;

    private readonly Lock _gate = new();
    private readonly Queue<RatedCall<T>> _open = new();
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly IRatedCallObserver<T> _observer;
    private readonly OwnThreads _threads;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay = 1;
    private bool _isArmed;
    private int _isClosed;

    public RatedCalls(string source, TimeSpan timeout, TimeProvider time, IRatedCallObserver<T> observer)
    {
        _timeout = timeout;
        _time = time;
        _observer = observer;
        _threads = new OwnThreads(source, MostThreads);
        _timer = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Threads => _threads.Count;

    /// <summary>Hands a call over. Never runs any of it.</summary>
    /// <returns>Why it cannot be sent; null when it was.</returns>
    public string? Send(long number, Func<CancellationToken, ValueTask<T>> call)
    {
        if (_threads.IsFull)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{MostThreads} requests block their threads");
        }

        Interlocked.Increment(ref _underWay);
        var sent = new RatedCall<T>(this, number, _time.GetTimestamp(), call);
        lock (_gate)
        {
            _open.Enqueue(sent);
            if (!_isArmed)
            {
                _isArmed = true;
                _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
            }
        }

        _threads.Post(static state => ((RatedCall<T>)state!).Begin(), sent);
        return null;
    }

    /// <summary>Gives up what has taken its time-out. A timer does it; whoever paces the calls may do it as well, in case the pool is late.</summary>
    public void Expire()
    {
        while (Overdue() is { } call)
        {
            call.GiveUp(CallEnd.TimedOut);
        }
    }

    /// <summary>Waits for what is under way, which its time-out bounds; nothing may be sent meanwhile.</summary>
    /// <param name="giveUp">Waits no longer: what is still open then is abandoned.</param>
    public async Task CloseAsync(CancellationToken giveUp)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Leave();
        }

        using (giveUp.UnsafeRegister(static state => ((RatedCalls<T>)state!).Abandon(), this))
        {
            await _drained.Task.ConfigureAwait(false);
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        _threads.Close();
    }

    public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None).ConfigureAwait(false);

    internal void Begun(long number) => _observer.Begun(number);

    internal void Ended(RatedCall<T> call, CallEnd end, T? value, Exception? exception)
    {
        _observer.Ended(call.Number, end, value, exception);
        Leave();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _drained.TrySetResult();
        }
    }

    private void Abandon()
    {
        while (Next() is { } call)
        {
            call.GiveUp(CallEnd.Abandoned);
        }
    }

    private RatedCall<T>? Next()
    {
        lock (_gate)
        {
            return _open.TryDequeue(out var call) ? call : null;
        }
    }

    private RatedCall<T>? Overdue()
    {
        lock (_gate)
        {
            while (_open.TryPeek(out var call))
            {
                if (call.HasEnded)
                {
                    _open.Dequeue();
                    continue;
                }

                var left = _timeout - _time.GetElapsedTime(call.Sent);
                if (left > TimeSpan.Zero)
                {
                    // Rounded up: a timer that fires a little early would only be set again.
                    _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                    return null;
                }

                return _open.Dequeue();
            }

            _isArmed = false;
            return null;
        }
    }
}
