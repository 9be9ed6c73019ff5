using ChaosHarness.Toxiproxy.Server.Connections;
using ChaosHarness.Toxiproxy.Server.Streams;
using ChaosHarness.Toxiproxy.Server.Toxics;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>One proxy: where it listens, where it leads, its toxics and its connections.</summary>
internal sealed partial class Proxy : IDisposable
{
    private readonly ServerContext _context;
    private readonly Leases _toxicLeases;

    // Listening and stopping, one after the other.
    private readonly SemaphoreSlim _turn = new(1);

    // Changes of toxics, one after the other: each reaches every link before the next begins.
    private readonly Lock _toxicTurn = new();

    // The toxics and the connections. Never held while a link writes.
    private readonly Lock _gate = new();
    private readonly ToxicSet _toxics = new();
    private readonly HashSet<Connection> _connections = [];
    private readonly long[] _closedReceived = new long[2];
    private readonly long[] _closedSent = new long[2];
    private ProxyDefinition _definition;
    private Listener? _listener;
    private CancellationTokenSource _running = new();
    private long _connectionCount;
    private bool _disposed;

    public Proxy(ProxyDefinition definition, ServerContext context)
    {
        _definition = definition with { Enabled = false };
        _context = context;
        _toxicLeases = new Leases(context.Time, ExpireToxic);
    }

    public string Name => _definition.Name;

    /// <summary>What it is now, with the address that it got.</summary>
    public ProxyDefinition Definition => Volatile.Read(ref _definition);

    /// <summary>The toxics as clients see them: first all upstream, then all downstream.</summary>
    public Toxic[] Toxics
    {
        get
        {
            lock (_gate)
            {
                return _toxics.Listed;
            }
        }
    }

    public Connection[] Connections
    {
        get
        {
            lock (_gate)
            {
                return [.. _connections];
            }
        }
    }

    /// <summary>All bytes ever, of open connections too.</summary>
    public TrafficCounters Traffic(Direction direction)
    {
        lock (_gate)
        {
            var counters = new TrafficCounters(direction, _closedReceived[(int)direction], _closedSent[(int)direction]);
            return _connections.Aggregate(counters, (sum, connection) => sum.Plus(connection[direction]));
        }
    }

    /// <summary>Listens, unless it does.</summary>
    /// <param name="cancellationToken">Ends the look-up of the address.</param>
    /// <exception cref="RefusedException">It cannot listen there.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await ListenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Changes it. When an address changes, all connections are closed.</summary>
    /// <param name="change">What to change.</param>
    /// <param name="cancellationToken">Ends the look-up of the address.</param>
    /// <exception cref="RefusedException">The address is none, then nothing has changed; or it cannot listen there, then it is disabled.</exception>
    public async Task ChangeAsync(ProxyChange change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var listen = change.Listen is null ? _definition.Listen : await CanonicalAsync(change.Listen, cancellationToken).ConfigureAwait(false);
            var upstream = change.Upstream ?? _definition.Upstream;
            var wanted = change.Enabled ?? _definition.Enabled;
            if (listen != _definition.Listen || upstream != _definition.Upstream)
            {
                StopListening();
            }

            _definition = change.ApplyTo(_definition with { Listen = listen, Upstream = upstream });
            if (wanted)
            {
                await ListenAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                StopListening();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether it listens and leads where a definition says.</summary>
    /// <param name="other">The definition.</param>
    /// <param name="cancellationToken">Ends the look-up of the address.</param>
    /// <returns>Whether it does.</returns>
    public async Task<bool> IsAsync(ProxyDefinition other, CancellationToken cancellationToken)
    {
        var present = Definition;
        return present.Upstream == other.Upstream
            && (present.Listen == other.Listen || present.Listen == await CanonicalAsync(other.Listen, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Stops listening and closes all connections at once, for good.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _disposed = true;
        StopListening();
        _toxicLeases.Dispose();
        _turn.Release();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_listener is not null || _disposed)
        {
            return;
        }

        try
        {
            var endPoints = await SocketAddresses.ResolveAsync(_definition.Listen, cancellationToken).ConfigureAwait(false);
            var listener = Listener.Bind(endPoints[0]);
            lock (_toxicTurn)
            {
                _listener = listener;
                ShutOrOpen();
            }
        }
        catch (FormatException exception)
        {
            throw RefusedException.Internal($"listen tcp: {exception.Message}");
        }
        catch (ListenException exception)
        {
            _listener?.Dispose();
            _listener = null;
            throw RefusedException.Internal(exception.Message);
        }

        _running = new CancellationTokenSource();
        _definition = _definition with { Listen = _listener.Address, Enabled = true };
        _ = AcceptAsync(_listener, _running.Token);
        LogStarted(_context.Log, Name, _listener.Address, _definition.Upstream);
    }

    private void StopListening()
    {
        if (_listener is null)
        {
            return;
        }

        _listener.Dispose();
        _listener = null;
        lock (_gate)
        {
            // From here on no connection is added.
            _running.Cancel();
        }

        foreach (var connection in Connections)
        {
            connection.Close();
        }

        _running.Dispose();
        _definition = _definition with { Enabled = false };
        LogStopped(_context.Log, Name);
    }

    private static async Task<string> CanonicalAsync(string listen, CancellationToken cancellationToken)
    {
        try
        {
            return SocketAddresses.Format((await SocketAddresses.ResolveAsync(listen, cancellationToken).ConfigureAwait(false))[0]);
        }
        catch (FormatException exception)
        {
            throw RefusedException.Internal(exception.Message);
        }
    }

    private void Closed(Connection connection)
    {
        lock (_gate)
        {
            if (_connections.Remove(connection))
            {
                foreach (var direction in Enum.GetValues<Direction>())
                {
                    _closedReceived[(int)direction] += connection[direction].Received;
                    _closedSent[(int)direction] += connection[direction].Sent;
                }
            }
        }

        _context.Events.Tell("connection_closed", Name, connection.Number);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Proxy {Proxy} listens on {Listen} and leads to {Upstream}")]
    private static partial void LogStarted(ILogger logger, string proxy, string listen, string upstream);

    [LoggerMessage(Level = LogLevel.Information, Message = "Proxy {Proxy} stopped")]
    private static partial void LogStopped(ILogger logger, string proxy);
}
