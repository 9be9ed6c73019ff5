using System.Net.Sockets;

namespace ChaosHarness.Toxiproxy.Server.Connections;

/// <summary>What reading from and writing to a socket throws when a peer is gone, or when we closed it.</summary>
internal static class SocketFailures
{
    public static bool Are(Exception exception) => exception is SocketException or ObjectDisposedException or OperationCanceledException;
}
