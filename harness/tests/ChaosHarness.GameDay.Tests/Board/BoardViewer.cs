using System.Net.Http.Json;
using System.Text.Json;

namespace ChaosHarness.GameDay.Tests.Board;

/// <summary>Looks on as a browser does, without the pictures.</summary>
internal sealed class BoardViewer : IDisposable
{
    private readonly HttpClient _client = new();
    private readonly CancellationTokenSource _left = new();
    private readonly Uri _board;
    private readonly List<string> _seen = [];
    private readonly List<string> _beats = [];

    public BoardViewer(Uri board, string? name = null, int? after = null)
    {
        _board = board;
        Listening = Task.Run(() => ListenAsync(name, after));
    }

    public Task Listening { get; }

    /// <summary>The events so far, as JSON.</summary>
    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    public string LastBeat
    {
        get
        {
            lock (_seen)
            {
                return _beats.LastOrDefault() ?? "";
            }
        }
    }

    public async Task SeesAsync(Func<JsonElement, bool> isIt, string what)
    {
        for (var i = 0; i < 3_000; i++)
        {
            if (Seen.Any(json => isIt(JsonDocument.Parse(json).RootElement)))
            {
                return;
            }

            await Task.Delay(10);
        }

        Assert.Fail($"{what} was not shown. Shown: {string.Join("\n", Seen.TakeLast(20))}");
    }

    public Task SeesAsync(string kind, string? state = null) => SeesAsync(json => json.GetProperty("kind").GetString() == kind && (state is null || (json.TryGetProperty("state", out var shown) && shown.GetString() == state)), $"{kind} {state}");

    public async Task<(int Status, string Text)> PostAsync(string path, object body)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri(_board, path), body);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString()!);
    }

    /// <summary>Leaves, as a window that is closed.</summary>
    public void Leave() => _left.Cancel();

    public void Dispose()
    {
        _left.Cancel();
        _client.Dispose();
        _left.Dispose();
    }

    private async Task ListenAsync(string? name, int? after)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_board, "events" + (name is null ? "" : "?name=" + Uri.EscapeDataString(name))));
            if (after is { } number)
            {
                request.Headers.Add("Last-Event-ID", $"{number}");
            }

            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _left.Token);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(_left.Token));
            var isBeat = false;
            while (await reader.ReadLineAsync(_left.Token) is { } line)
            {
                isBeat = line.Length == 0 ? false : isBeat || line == "event: beat";
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    lock (_seen)
                    {
                        (isBeat ? _beats : _seen).Add(line[6..]);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
        }
    }
}
