using System.Net.Sockets;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>What every TCP socket of a proxy is set to: small writes go at once, dead peers are noticed.</summary>
internal static class SocketTuning
{
    private const int KeepAliveSeconds = 15;

    public static void Apply(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
    }
}
