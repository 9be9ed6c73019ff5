using System.Collections.Concurrent;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>What was put there for a time only: unless renewed it goes, so that a client that died leaves nothing behind.</summary>
/// <param name="time">Where time comes from.</param>
/// <param name="expired">Removes what was leased; called on a thread of the pool, since it may take long.</param>
internal sealed class Leases(TimeProvider time, Action<string> expired) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lease> _leases = new();

    /// <summary>Starts a lease, or starts it anew.</summary>
    /// <param name="name">What is leased.</param>
    /// <param name="length">For how long; null for ever.</param>
    public void Set(string name, TimeSpan? length)
    {
        End(name);
        if (length is { } span)
        {
            var lease = _leases[name] = new Lease();
            lease.Timer = time.CreateTimer(_ => Task.Run(() => Expire(name, lease)), null, span, Timeout.InfiniteTimeSpan);
        }
    }

    public void End(string name)
    {
        if (_leases.TryRemove(name, out var lease))
        {
            lease.Timer?.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var name in _leases.Keys)
        {
            End(name);
        }
    }

    // Only the lease that is in force: one that was renewed meanwhile no longer counts.
    private void Expire(string name, Lease lease)
    {
        if (_leases.TryRemove(KeyValuePair.Create(name, lease)))
        {
            expired(name);
        }
    }

    private sealed class Lease
    {
        public ITimer? Timer { get; set; }
    }
}
