using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>A socket on which clients connect.</summary>
internal sealed class Listener : IDisposable
{
    private const int Backlog = 4096;
    private readonly Socket _socket;
    private readonly Door _door;

    private Listener(Socket socket)
    {
        _socket = socket;
        _door = new Door(socket, Backlog);
        Address = SocketAddresses.Format(_socket.LocalEndPoint!);
    }

    /// <summary>Where it listens, with the port that it got.</summary>
    public string Address { get; }

    /// <summary>Binds.</summary>
    /// <param name="endPoint">Where.</param>
    /// <returns>The listener.</returns>
    /// <exception cref="ListenException">The address is taken, or not ours.</exception>
    public static Listener Bind(EndPoint endPoint)
    {
        var isUnix = endPoint is UnixDomainSocketEndPoint;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (!isUnix)
            {
                // Sockets accepted on Linux inherit these.
                SocketTuning.Apply(socket);
                if (endPoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any))
                {
                    socket.DualMode = true;
                }
            }

            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return new Listener(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new ListenException($"listen {(isUnix ? "unix" : "tcp")} {SocketAddresses.Format(endPoint)}: bind: {Reason(exception)}", exception);
        }
    }

    /// <summary>Opens the door, or shuts it: then connecting hangs.</summary>
    /// <param name="shut">Whether it is to be shut.</param>
    /// <exception cref="ListenException">It cannot be shut here.</exception>
    public void Shut(bool shut) => _door.Shut(shut);

    public async ValueTask<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var open = await _door.OpenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var client = await _socket.AcceptAsync(open).ConfigureAwait(false);
                if (!_door.TakeBack(client))
                {
                    return Tuned(client);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Shut just now.
            }
        }
    }

    public void Dispose()
    {
        var path = (_socket.LocalEndPoint as UnixDomainSocketEndPoint)?.ToString();
        _socket.Dispose();
        _door.Dispose();
        if (path is not null)
        {
            File.Delete(path);
        }
    }

    private static Socket Tuned(Socket client)
    {
        if (!OperatingSystem.IsLinux() && client.AddressFamily != AddressFamily.Unix)
        {
            SocketTuning.Apply(client);
        }

        return client;
    }

    // In the words of the operating system that the original uses: clients compare them.
    private static string Reason(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "address already in use",
        SocketError.AccessDenied => "permission denied",
        SocketError.AddressNotAvailable => "cannot assign requested address",
        _ => exception.Message,
    };
}
