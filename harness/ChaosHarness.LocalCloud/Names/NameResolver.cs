using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>
/// Looks up the names of a local cloud without a change to the machine: <c>/etc/hosts</c> and <c>/etc/resolv.conf</c> stay as they are. For
/// HTTP it connects by itself; a driver that takes none of its callbacks is given the address.
/// </summary>
public sealed class NameResolver
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly IPEndPoint _server;
    private readonly NameCaching _caching;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (IPAddress Address, long Until)> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names whom to ask.</summary>
    /// <param name="server">A server of DNS, such as <see cref="LocalCloud.NameServer"/>.</param>
    /// <param name="caching">How long answers are kept.</param>
    /// <param name="time">Where time comes from; null for the system's clock.</param>
    public NameResolver(IPEndPoint server, NameCaching caching = NameCaching.TimeToLive, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        (_server, _caching, _time) = (server, caching, time ?? TimeProvider.System);
    }

    /// <summary>Looks up where a name leads.</summary>
    /// <param name="name">A name; an address leads to itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The address.</returns>
    /// <exception cref="SocketException">There is no such name, it leads nowhere at present, or nobody answers: as the system's own lookup says it.</exception>
    public async ValueTask<IPAddress> ResolveAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (IPAddress.TryParse(name, out var literal))
        {
            return literal;
        }

        if (_known.TryGetValue(name, out var known) && _time.GetTimestamp() < known.Until)
        {
            return known.Address;
        }

        var reply = await AskAsync(name, cancellationToken).ConfigureAwait(false);
        if (reply.Address is not { } address)
        {
            throw new SocketException((int)(reply.Code is DnsCode.NoError ? SocketError.NoData : SocketError.HostNotFound));
        }

        if (_caching != NameCaching.None)
        {
            _known[name] = (address, _caching == NameCaching.Forever ? long.MaxValue : _time.GetTimestamp() + (long)(reply.TimeToLive.TotalSeconds * _time.TimestampFrequency));
        }

        return address;
    }

    /// <summary>Connects to where a name leads now: for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <param name="context">What is connected to.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The connection.</returns>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var address = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<DnsReply> AskAsync(string name, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                return await AskOnceAsync(name, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // A packet may be lost.
                if (attempt == Attempts)
                {
                    throw new SocketException((int)SocketError.TryAgain);
                }
            }
        }
    }

    private async Task<DnsReply> AskOnceAsync(string name, CancellationToken cancellationToken)
    {
        var question = DnsRequest.For(name);
        using var socket = new Socket(_server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(_server, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(question, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        var buffer = new byte[1500];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            // Whatever answers something else is not heeded.
            if (DnsReply.Read(buffer.AsSpan(0, length), question) is { } reply)
            {
                return reply;
            }
        }
    }
}
