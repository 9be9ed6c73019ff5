using System.Net.Sockets;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>Connects to an upstream.</summary>
internal static class Dialler
{
    /// <summary>Tries the addresses of the upstream in order.</summary>
    /// <param name="upstream">The address.</param>
    /// <param name="timeout">How long all of it may take; null for as long as the operating system tries.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The connected socket.</returns>
    public static async Task<Socket> DialAsync(string upstream, TimeSpan? timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        if (timeout is null)
        {
            return await DialAsync(upstream, cancellationToken).ConfigureAwait(false);
        }

        using var limit = new CancellationTokenSource(timeout.Value, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await DialAsync(upstream, both.Token).ConfigureAwait(false);
    }

    private static async Task<Socket> DialAsync(string upstream, CancellationToken cancellationToken)
    {
        SocketException? failure = null;
        foreach (var endPoint in await SocketAddresses.ResolveAsync(upstream, cancellationToken).ConfigureAwait(false))
        {
            var isUnix = endPoint.AddressFamily == AddressFamily.Unix;
            var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
                if (!isUnix)
                {
                    SocketTuning.Apply(socket);
                }

                return socket;
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                failure = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure!;
    }
}
