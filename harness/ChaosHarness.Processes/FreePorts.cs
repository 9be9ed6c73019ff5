using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ChaosHarness.Processes;

/// <summary>Picks loopback ports that nobody listens on, below the range from which the system itself takes ports for outgoing connections.</summary>
internal static class FreePorts
{
    private const int First = 15_000;
    private const int End = 32_000;
    private static readonly HashSet<int> Taken = [];
    private static readonly Lock Gate = new();

    public static int Next()
    {
        lock (Gate)
        {
            for (var attempt = 0; attempt < 1000; attempt++)
            {
                var port = RandomNumberGenerator.GetInt32(First, End);
                if (IsFree(port) && Taken.Add(port))
                {
                    return port;
                }
            }
        }

        throw new TopologyFailedException($"No free port was found on the loopback between {First} and {End}.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
