using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>Hands events to whoever listens. Costs nothing while nobody does, and never waits for a slow listener: it misses the oldest.</summary>
internal sealed class EventFeed(TimeProvider time)
{
    private const int Backlog = 4096;
    private readonly ConcurrentDictionary<Channel<ServerEvent>, byte> _listeners = new();

    public void Tell(string kind, string proxy, long? connection = null, string? toxic = null, string? reason = null)
    {
        if (_listeners.IsEmpty)
        {
            return;
        }

        var happened = new ServerEvent(kind, proxy, time.GetUtcNow()) { Connection = connection, Toxic = toxic, Reason = reason };
        foreach (var (listener, _) in _listeners)
        {
            listener.Writer.TryWrite(happened);
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <returns>The events from now on.</returns>
    public Channel<ServerEvent> Listen()
    {
        var listener = Channel.CreateBounded<ServerEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _listeners.TryAdd(listener, 0);
        return listener;
    }

    /// <summary>Ends every stream of events.</summary>
    public void Close()
    {
        foreach (var (listener, _) in _listeners)
        {
            listener.Writer.TryComplete();
        }
    }

    public void Leave(Channel<ServerEvent> listener) => _listeners.TryRemove(listener, out _);
}
