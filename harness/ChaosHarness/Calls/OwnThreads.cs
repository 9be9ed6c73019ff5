namespace ChaosHarness.Calls;

/// <summary>
/// Threads for the code of one callee, so that it can block none but its own. There is one to begin with, and one more whenever those
/// that there are took nothing up for 2 ms, up to a limit. What continues after a plain await comes back to them.
/// </summary>
internal sealed class OwnThreads
{
    private static int s_atWork;
    private readonly object _gate = new();
    private readonly Queue<(SendOrPostCallback Work, object? State)> _waiting = new();
    private readonly string _name;
    private readonly int _most;
    private readonly OwnThreadsContext _context;
    private int _threads;
    private int _idle;
    private long _taken;
    private long _takenWhenLookedAt;
    private bool _isWatched;
    private bool _isClosed;

    public OwnThreads(string name, int most)
    {
        _name = name;
        _most = most;
        _context = new OwnThreadsContext(this);
    }

    /// <summary>How many pieces of work all such threads of the process have, waiting ones included: 0 when foreign code is at rest.</summary>
    public static int AtWork => Volatile.Read(ref s_atWork);

    /// <summary>How many threads there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _threads;
            }
        }
    }

    /// <summary>Whether more work would only wait: there may be no more threads, and those that there are keep work waiting.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _threads >= _most && _waiting.Count > _idle;
            }
        }
    }

    /// <summary>Leaves work to the threads. It is done even after <see cref="Close"/>: what continues may have to clean up.</summary>
    public void Post(SendOrPostCallback work, object? state)
    {
        Interlocked.Increment(ref s_atWork);
        lock (_gate)
        {
            _waiting.Enqueue((work, state));
            if (_threads == 0)
            {
                StartThread();
            }
            else if (_waiting.Count <= _idle)
            {
                Monitor.Pulse(_gate);
            }
            else if (!_isWatched)
            {
                _isWatched = true;
                _takenWhenLookedAt = _taken;
                ThreadGrowth.Watch(this);
            }
        }
    }

    /// <summary>Ends the threads, each once it has nothing to do. Waits for none.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Adds a thread where the others took nothing up since the last time.</summary>
    /// <returns>Whether it has to be looked at again.</returns>
    internal bool Grow()
    {
        lock (_gate)
        {
            if (_waiting.Count <= _idle)
            {
                return _isWatched = false;
            }

            if (_taken == _takenWhenLookedAt && _threads < _most)
            {
                StartThread();
            }

            _takenWhenLookedAt = _taken;
            return true;
        }
    }

    private void StartThread()
    {
        _threads++;
        // Not the flow of control of whoever happens to post first: each piece of work brings its own.
        new Thread(Work) { IsBackground = true, Name = _name }.UnsafeStart();
    }

    private void Work()
    {
        while (Take() is { } next)
        {
            // Foreign code may have set another one.
            SynchronizationContext.SetSynchronizationContext(_context);
            try
            {
                next.Work(next.State);
            }
            catch (Exception)
            {
                // What falls out of an async void method would end the process, with every fault still in force.
            }
            finally
            {
                Interlocked.Decrement(ref s_atWork);
            }
        }
    }

    private (SendOrPostCallback Work, object? State)? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_isClosed)
                {
                    _threads--;
                    return null;
                }

                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            _taken++;
            return _waiting.Dequeue();
        }
    }
}
