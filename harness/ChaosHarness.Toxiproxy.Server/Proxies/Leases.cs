using System.Collections.Concurrent;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>What was put there for a time only: unless renewed it goes, so that a client that died leaves nothing behind.</summary>
internal sealed class Leases(TimeProvider time, Action<string> expired) : IDisposable
{
    private readonly ConcurrentDictionary<string, ITimer> _timers = new();

    /// <summary>Starts a lease, or starts it anew.</summary>
    /// <param name="name">What is leased.</param>
    /// <param name="lease">For how long; null for ever.</param>
    public void Set(string name, TimeSpan? lease)
    {
        End(name);
        if (lease is { } length)
        {
            _timers[name] = time.CreateTimer(_ => expired(name), null, length, Timeout.InfiniteTimeSpan);
        }
    }

    public void End(string name)
    {
        if (_timers.TryRemove(name, out var timer))
        {
            timer.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var name in _timers.Keys)
        {
            End(name);
        }
    }
}
