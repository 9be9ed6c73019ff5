using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>
/// Whether a listening socket lets anyone in. Shut, it takes nobody and keeps its queue full, with connections of its own: Linux then drops
/// the first packet of every handshake, and whoever connects waits and tries again, as with a host that is gone.
/// </summary>
internal sealed class Door(Socket listening, int backlog) : IDisposable
{
    private const int MostOwn = 64;
    private const int Refusals = 2;
    private static readonly TimeSpan Handshake = TimeSpan.FromMilliseconds(30);
    private readonly Lock _gate = new();
    private readonly Dictionary<EndPoint, Socket> _own = [];
    private CancellationTokenSource _open = new();
    private TaskCompletionSource? _shut;

    /// <summary>Waits until it is open.</summary>
    /// <returns>Is cancelled when it is shut.</returns>
    public async ValueTask<CancellationToken> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource? shut;
            lock (_gate)
            {
                shut = _shut;
                if (shut is null)
                {
                    return _open.Token;
                }
            }

            await shut.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a connection is one of those that kept the queue full; it is closed then.</summary>
    public bool TakeBack(Socket accepted)
    {
        lock (_gate)
        {
            if (_own.Count == 0 || accepted.RemoteEndPoint is not { } from || !_own.Remove(from, out var own))
            {
                return false;
            }

            own.Dispose();
            accepted.Dispose();
            return true;
        }
    }

    /// <exception cref="ListenException">It cannot be shut here.</exception>
    public void Shut(bool shut)
    {
        lock (_gate)
        {
            if (shut == _shut is not null)
            {
                return;
            }

            if (shut)
            {
                ThrowIfImpossible();
                _shut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _open.Cancel();
                Fill();
            }
            else
            {
                Open();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var own in _own.Values)
            {
                own.Dispose();
            }

            _own.Clear();
            _open.Dispose();
        }
    }

    private void Open()
    {
        listening.Listen(backlog);
        _open.Dispose();
        _open = new CancellationTokenSource();
        _shut?.SetResult();
        _shut = null;
    }

    private void ThrowIfImpossible()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ListenException("hang_connect needs Linux: elsewhere a full queue does not make connecting wait");
        }

        if (listening.LocalEndPoint is not IPEndPoint)
        {
            throw new ListenException("hang_connect needs a proxy that listens on TCP");
        }
    }

    // What waits to be accepted already stays in the queue, and gets no answer either.
    private void Fill()
    {
        listening.Listen(0);
        try
        {
            var refused = 0;
            for (var count = 0; count < MostOwn; count++)
            {
                // Once may only have been slow.
                refused = IsLetIn() ? 0 : refused + 1;
                if (refused == Refusals)
                {
                    return;
                }
            }
        }
        catch (SocketException exception)
        {
            Open();
            throw new ListenException($"hang_connect cannot fill the queue: {exception.Message}", exception);
        }

        Open();
        throw new ListenException($"hang_connect has no effect here: {MostOwn} connections were let in by a queue that should hold one");
    }

    // What is let in stays, and keeps its place in the queue.
    private bool IsLetIn()
    {
        var own = new Socket(listening.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        var isLetIn = false;
        try
        {
            isLetIn = IsLetIn(own);
        }
        finally
        {
            if (!isLetIn)
            {
                own.Dispose();
            }
        }

        if (isLetIn)
        {
            _own[own.LocalEndPoint!] = own;
        }

        return isLetIn;
    }

    private bool IsLetIn(Socket own)
    {
        try
        {
            own.Connect(Reachable((IPEndPoint)listening.LocalEndPoint!));
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return own.Poll(Handshake, SelectMode.SelectWrite);
        }
    }

    private static IPEndPoint Reachable(IPEndPoint listens) =>
        listens.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, listens.Port)
        : listens.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, listens.Port)
        : listens;
}
