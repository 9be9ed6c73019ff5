using System.Net;
using System.Net.Sockets;
using ChaosHarness.Toxiproxy.Server;
using ChaosHarness.Toxiproxy.Server.Tests.Connections;

namespace ChaosHarness.Toxiproxy.Tests;

/// <summary>A server, a client of it, and an upstream that sends everything back.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly ToxiproxyServer _server;
    private readonly Connection _connection;
    private readonly EchoServer _upstream = new();
    private bool _isDisposed;

    private RealServer(ToxiproxyServer server)
    {
        _server = server;
        _connection = new Connection(server.Url);
    }

    public Client Client => _connection.Client();

    public static async Task<RealServer> StartAsync() => new(await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Host = "127.0.0.1", Port = 0 }));

    public Task<Proxy> ProxyAsync(string name) => Client.AddAsync(new Proxy { Name = name, Listen = "127.0.0.1:0", Upstream = $"127.0.0.1:{_upstream.Port}" });

    /// <summary>Sends a byte through a new connection and says what came of it.</summary>
    /// <returns>The byte, -1 at the end of the stream, -2 for a reset, -3 when nothing came in time.</returns>
    public static async Task<int> TryAsync(Proxy proxy, TimeSpan patience)
    {
        try
        {
            using var client = new TcpClient();
            using var limit = new CancellationTokenSource(patience);
            await client.ConnectAsync(IPEndPoint.Parse(proxy.Listen), limit.Token);
            await client.GetStream().WriteAsync(new byte[] { 42 });
            var buffer = new byte[1];
            return await client.GetStream().ReadAsync(buffer, limit.Token) == 0 ? -1 : buffer[0];
        }
        catch (OperationCanceledException)
        {
            return -3;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return -2;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _upstream.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
    }
}
