using System.Net.Sockets;
using System.Text;

namespace ChaosHarness.Toxiproxy.Server.Tests.Connections;

/// <summary>What a peer sees, with a limit to its patience.</summary>
internal static class SocketReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task SayAsync(this Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Reads that many bytes.</summary>
    public static async Task<string> HearAsync(this Socket socket, int count)
    {
        var (buffer, filled) = (new byte[count], 0);
        using var limit = new CancellationTokenSource(Patience);
        while (filled < count && await socket.ReceiveAsync(buffer.AsMemory(filled), limit.Token) is var more and > 0)
        {
            filled += more;
        }

        return Encoding.ASCII.GetString(buffer, 0, filled);
    }

    /// <summary>Reads until the stream ends.</summary>
    /// <returns>What was read, and whether it ended with a reset.</returns>
    public static async Task<(byte[] Data, bool WasReset)> ToEndAsync(this Socket socket)
    {
        var (all, buffer) = (new MemoryStream(), new byte[64 * 1024]);
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) is var count and > 0)
            {
                all.Write(buffer, 0, count);
            }

            return (all.ToArray(), false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return (all.ToArray(), true);
        }
    }
}
