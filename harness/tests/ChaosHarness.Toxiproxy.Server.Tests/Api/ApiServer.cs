using System.Net;
using System.Text;
using System.Text.Json;

namespace ChaosHarness.Toxiproxy.Server.Tests.Api;

/// <summary>A server on a free port, and someone who asks it.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly ToxiproxyServer _server;

    private ApiServer(ToxiproxyServer server)
    {
        _server = server;
        Http = new HttpClient { BaseAddress = server.Url, Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    public static async Task<ApiServer> StartAsync(ToxiproxyServerOptions? options = null) => new(await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions
    {
        Host = "127.0.0.1",
        Port = 0,
        Seed = options?.Seed ?? 0,
        ConfigFile = options?.ConfigFile,
        ProxyMetrics = options?.ProxyMetrics ?? false,
        RuntimeMetrics = options?.RuntimeMetrics ?? false,
        Token = options?.Token,
    }));

    public async Task<Answer> SendAsync(string method, string path, string? body = null, string? agent = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        if (agent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        using var response = await Http.SendAsync(request);
        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks for something that must be granted.</summary>
    public async Task<JsonElement> MustAsync(string method, string path, string? body = null)
    {
        var answer = await SendAsync(method, path, body);
        Assert.That((int)answer.Status, Is.InRange(200, 299), $"{method} {path}: {answer.Body}");
        return answer.Body.Length == 0 ? default : JsonDocument.Parse(answer.Body).RootElement;
    }

    /// <summary>Makes a proxy.</summary>
    /// <returns>The port it listens on.</returns>
    public async Task<int> ProxyAsync(string name, int upstream, string more = "")
    {
        var proxy = await MustAsync("POST", "/proxies?toxics=true", $$"""{"name":"{{name}}","listen":"127.0.0.1:0","upstream":"127.0.0.1:{{upstream}}"{{more}}}""");
        return IPEndPoint.Parse(proxy.GetProperty("listen").GetString()!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, string? Type, string Body);
}
