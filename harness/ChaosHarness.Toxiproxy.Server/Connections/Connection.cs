using System.Net.Sockets;
using ChaosHarness.Toxiproxy.Server.Streams;
using ChaosHarness.Toxiproxy.Server.Timing;

namespace ChaosHarness.Toxiproxy.Server.Connections;

/// <summary>A client, the upstream that was dialled for it, and one link each way.</summary>
internal sealed class Connection
{
    private readonly Socket _client;
    private readonly Socket _upstream;
    private readonly bool _keepHalfClose;
    private readonly Action<Connection> _closed;
    private Task _reading = Task.CompletedTask;
    private int _linksFinished;
    private int _isClosed;

    /// <summary>Puts one together; nothing moves until <see cref="Start"/>.</summary>
    /// <param name="number">Counts up over the connections of a proxy.</param>
    /// <param name="client">The client's socket.</param>
    /// <param name="upstream">The upstream's socket.</param>
    /// <param name="keepHalfClose">Whether the end of one direction leaves the other open.</param>
    /// <param name="clock">The server's clock.</param>
    /// <param name="closed">Called once, when both sockets are closed.</param>
    public Connection(long number, Socket client, Socket upstream, bool keepHalfClose, Clock clock, Action<Connection> closed)
    {
        Number = number;
        _client = client;
        _upstream = upstream;
        _keepHalfClose = keepHalfClose;
        _closed = closed;
        Began = clock.Now;
        Upstream = new Link(this, Direction.Upstream, client, upstream, clock);
        Downstream = new Link(this, Direction.Downstream, upstream, client, clock);
    }

    public long Number { get; }

    public TimeSpan Began { get; }

    /// <summary>From the client to the upstream.</summary>
    public Link Upstream { get; }

    /// <summary>From the upstream to the client.</summary>
    public Link Downstream { get; }

    public string? ClientAddress => Address(_client);

    public string? UpstreamAddress => Address(_upstream);

    public Link this[Direction direction] => direction == Direction.Upstream ? Upstream : Downstream;

    public void Start()
    {
        // Its first toxics may have set an alarm.
        Upstream.Drain();
        Downstream.Drain();
        Volatile.Write(ref _reading, Task.WhenAll(Upstream.RunAsync(), Downstream.RunAsync()));
    }

    /// <summary>Closes both sockets at once, whatever the toxics hold.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
        {
            return;
        }

        Upstream.Abandon();
        Downstream.Abandon();
        ShutDown(_client, SocketShutdown.Both);
        ShutDown(_upstream, SocketShutdown.Both);
        _ = ReleaseAsync();
        _closed(this);
    }

    /// <summary>A link wrote its last.</summary>
    /// <param name="how">How its stream ended.</param>
    /// <param name="destination">The socket it wrote to.</param>
    public void Finished(ChunkKind how, Socket destination)
    {
        if (how == ChunkKind.Reset)
        {
            Reset();
            return;
        }

        // Where both ways are shut the other link, which reads from this socket, ends too, behind what its toxics still hold.
        ShutDown(destination, how == ChunkKind.End && _keepHalfClose ? SocketShutdown.Send : SocketShutdown.Both);
        if (Interlocked.Increment(ref _linksFinished) == 2)
        {
            Close();
        }
    }

    private void Reset()
    {
        Linger(_client);
        Linger(_upstream);
        _client.Dispose();
        _upstream.Dispose();
        Close();
    }

    // Disposing a socket that someone reads from resets it, and what is still on its way to the peer is lost: so the readers end first.
    private async Task ReleaseAsync()
    {
        await Volatile.Read(ref _reading).ConfigureAwait(false);
        _client.Dispose();
        _upstream.Dispose();
    }

    // Closing a socket that lingers for no time sends a reset.
    private static void Linger(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (SocketFailures.Are(exception))
        {
            // Closed already.
        }
    }

    private static void ShutDown(Socket socket, SocketShutdown how)
    {
        try
        {
            socket.Shutdown(how);
        }
        catch (Exception exception) when (SocketFailures.Are(exception))
        {
            // Gone already.
        }
    }

    private static string? Address(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint?.ToString();
        }
        catch (Exception exception) when (SocketFailures.Are(exception))
        {
            return null;
        }
    }
}
