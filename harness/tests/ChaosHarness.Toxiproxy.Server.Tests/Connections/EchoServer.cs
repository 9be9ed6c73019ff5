using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.Toxiproxy.Server.Tests.Connections;

/// <summary>An upstream for tests: each connection is handed to a function.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public EchoServer(Func<Socket, Task>? serve = null)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(4096);
        _ = AcceptAsync(serve ?? EchoAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public int Accepted { get; private set; }

    public void Dispose() => _listener.Dispose();

    public static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static async Task EchoAsync(Socket client)
    {
        var buffer = new byte[16 * 1024];
        while (await client.ReceiveAsync(buffer) is var count and > 0)
        {
            await client.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private static async Task ServeAsync(Socket client, Func<Socket, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client);
            }
            catch (SocketException)
            {
                // The client is gone.
            }
        }
    }

    private async Task AcceptAsync(Func<Socket, Task> serve)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                Accepted++;
                client.NoDelay = true;
                _ = ServeAsync(client, serve);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
