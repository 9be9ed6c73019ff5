using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>Many connections at once, as many of the wished as this machine lets a proxy have.</summary>
internal static partial class ManyConnections
{
    private const int Wished = 10_000;
    private const int OtherFiles = 250;
    private const int OpenFiles = 7;

    /// <summary>A proxy needs two files a connection.</summary>
    public static int Count => GetLimit(OpenFiles, out var limit) == 0 ? (int)Math.Min(Wished, (limit.Hard - OtherFiles) / 2) : Wished;

    public static async Task<List<Socket>> OpenAsync(int port, int count)
    {
        var sockets = new List<Socket>();
        for (var opened = 0; opened < count; opened++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            sockets.Add(socket);
        }

        return sockets;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public long Soft;
        public long Hard;
    }
}
