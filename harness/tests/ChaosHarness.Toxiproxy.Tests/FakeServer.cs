using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChaosHarness.Toxiproxy.Tests;

/// <summary>Answers every request as a test says, so that the quirks of other servers can be tried.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string> _answer;

    public FakeServer(Func<string, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The first lines of the requests.</summary>
    public List<string> Requests { get; } = [];

    public static string Answer(int status, string body, string type = "application/json") =>
        $"HTTP/1.1 {status} Because\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var buffer = new byte[16 * 1024];
                var request = "";
                while (!IsWhole(request) && await client.GetStream().ReadAsync(buffer) is var count and > 0)
                {
                    request += Encoding.UTF8.GetString(buffer, 0, count);
                }

                var line = request.Split("\r\n")[0].Replace(" HTTP/1.1", "", StringComparison.Ordinal);
                Requests.Add(line);
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(_answer(line)));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = request.Split("\r\n").FirstOrDefault(header => header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))?[16..];
        return end >= 0 && request.Length - end - 4 >= int.Parse(length ?? "0", System.Globalization.CultureInfo.InvariantCulture);
    }
}
