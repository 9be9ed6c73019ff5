using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>Asks a server, and keeps how long the slowest answer took.</summary>
internal sealed class ProxyApi(Uri server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    public TimeSpan Slowest { get; private set; }

    public int Calls { get; private set; }

    /// <summary>Forgets what was measured so far.</summary>
    public void Forget() => (Slowest, Calls) = (TimeSpan.Zero, 0);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        var start = Stopwatch.GetTimestamp();
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(start);
        Calls++;
        Slowest = took > Slowest ? took : Slowest;
        answer.EnsureSuccessStatusCode();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Makes a proxy and returns its port.</summary>
    public async Task<int> ProxyAsync(string name, int upstream)
    {
        var proxy = await SendAsync(HttpMethod.Post, "/proxies", new { name, listen = "127.0.0.1:0", upstream = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{upstream}") });
        return int.Parse(proxy.GetProperty("listen").GetString()!.Split(':')[1], CultureInfo.InvariantCulture);
    }

    public void Dispose() => _http.Dispose();
}
