using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>A server that sends everything back and one that only reads: blocking sockets on threads, the cheapest there is.</summary>
internal sealed class Servers : IDisposable
{
    private readonly Socket _echo = Listen();
    private readonly Socket _sink = Listen();
    private long _bytesRead;

    public Servers()
    {
        Accept(_echo, Echo);
        Accept(_sink, Drain);
    }

    public int EchoPort => ((IPEndPoint)_echo.LocalEndPoint!).Port;

    public int SinkPort => ((IPEndPoint)_sink.LocalEndPoint!).Port;

    /// <summary>What the sink has read, of all connections.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    public void Dispose()
    {
        _echo.Dispose();
        _sink.Dispose();
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(4096);
        return socket;
    }

    private static void Accept(Socket listener, Action<Socket> serve) => new Thread(() =>
    {
        try
        {
            while (true)
            {
                var client = listener.Accept();
                client.NoDelay = true;
                new Thread(() => Serve(client, serve), 128 * 1024) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // Disposed.
        }
    })
    { IsBackground = true }.Start();

    private static void Serve(Socket client, Action<Socket> serve)
    {
        using (client)
        {
            try
            {
                serve(client);
            }
            catch (SocketException)
            {
                // The client is gone.
            }
        }
    }

    private static void Echo(Socket client)
    {
        var buffer = new byte[4096];
        while (client.Receive(buffer) is var count and > 0)
        {
            client.Send(buffer.AsSpan(0, count));
        }
    }

    private void Drain(Socket client)
    {
        var buffer = new byte[256 * 1024];
        while (client.Receive(buffer) is var count and > 0)
        {
            Interlocked.Add(ref _bytesRead, count);
        }
    }
}
