namespace ChaosHarness.Toxiproxy.Server.Timing;

/// <summary>
/// The system's time with timers that go off within a millisecond or so, on one thread of their own.
/// The runtime's timers are meant for time-outs: here and there they are many milliseconds late, which a delay of 5 ms cannot bear.
/// </summary>
/// <remarks>Callbacks run on that thread and must not wait. Periodic timers are not supported.</remarks>
internal sealed class PreciseTime : TimeProvider, IDisposable
{
    private readonly PriorityQueue<(Alarm Alarm, long Version), long> _queue = new();
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _sooner = new(false);
    private readonly Thread _thread;
    private long _nextLook = long.MaxValue;
    private bool _disposed;

    public PreciseTime()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "toxiproxy time" };
        _thread.Start();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _sooner.Set();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
            _sooner.Dispose();
        }
    }

    private void Run()
    {
        var due = new List<Alarm>();
        while (true)
        {
            int wait;
            lock (_gate)
            {
                if (_disposed)
                {
                    return;
                }

                wait = CollectDue(due);
            }

            foreach (var alarm in due)
            {
                alarm.GoOff();
            }

            if (due.Count == 0)
            {
                _sooner.WaitOne(wait);
            }

            due.Clear();
        }
    }

    // The milliseconds until the next one; rounded up, because an alarm must never go off early.
    private int CollectDue(List<Alarm> due)
    {
        var now = GetTimestamp();
        while (_queue.TryPeek(out var entry, out var moment))
        {
            if (entry.Alarm.Version != entry.Version)
            {
                _queue.Dequeue();
            }
            else if (moment <= now)
            {
                _queue.Dequeue();
                due.Add(entry.Alarm);
            }
            else
            {
                _nextLook = moment;
                return (int)Math.Min(60_000, Math.Ceiling((moment - now) * 1000.0 / TimestampFrequency));
            }
        }

        _nextLook = long.MaxValue;
        return Timeout.Infinite;
    }

    private sealed class Alarm(PreciseTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
            {
                throw new NotSupportedException("Periodic timers are not supported.");
            }

            bool wake;
            lock (time._gate)
            {
                Version++;
                if (dueTime == Timeout.InfiniteTimeSpan || time._disposed)
                {
                    return !time._disposed;
                }

                var ticks = Math.Min(dueTime.TotalSeconds, TimeSpan.FromDays(365).TotalSeconds) * time.TimestampFrequency;
                var moment = time.GetTimestamp() + (long)ticks;
                time._queue.Enqueue((this, Version), moment);
                wake = moment < time._nextLook;
                time._nextLook = Math.Min(time._nextLook, moment);
            }

            if (wake)
            {
                time._sooner.Set();
            }

            return true;
        }

        public void GoOff()
        {
            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
