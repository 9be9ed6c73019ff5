using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>Asks a server, and keeps how long the slowest answer took.</summary>
internal sealed class ProxyApi(Uri server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    private readonly List<(TimeSpan Took, string Call)> _calls = [];

    public TimeSpan Slowest => _calls.Count == 0 ? TimeSpan.Zero : _calls.Max().Took;

    public int Calls => _calls.Count;

    /// <summary>The slowest calls, for people.</summary>
    public string SlowestCalls => string.Join(", ", _calls.OrderDescending().Take(3).Select(call => string.Create(CultureInfo.InvariantCulture, $"{call.Call} {call.Took.TotalMilliseconds:0} ms")));

    /// <summary>Forgets what was measured so far.</summary>
    public void Forget() => _calls.Clear();

    /// <summary>Asks and waits, on this thread alone: the pool of a busy load generator would add its own delay.</summary>
    public JsonElement Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) };
        var start = Stopwatch.GetTimestamp();
        using var answer = _http.Send(request);
        using var content = new StreamReader(answer.Content.ReadAsStream());
        var text = content.ReadToEnd();
        _calls.Add((Stopwatch.GetElapsedTime(start), method.Method));
        answer.EnsureSuccessStatusCode();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Makes a proxy and returns its port.</summary>
    public int Proxy(string name, int upstream)
    {
        var proxy = Send(HttpMethod.Post, "/proxies", new { name, listen = "127.0.0.1:0", upstream = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{upstream}") });
        return int.Parse(proxy.GetProperty("listen").GetString()!.Split(':')[1], CultureInfo.InvariantCulture);
    }

    public void Dispose() => _http.Dispose();
}
