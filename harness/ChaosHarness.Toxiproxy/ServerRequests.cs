using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChaosHarness.Toxiproxy.Json;

namespace ChaosHarness.Toxiproxy;

/// <summary>Requests to a server. What goes wrong is told with the request, so that nobody has to guess which proxy of which server it was about.</summary>
internal sealed class ServerRequests(HttpClient http)
{
    public Uri Server => http.BaseAddress!;

    /// <summary>Sends a request and reads the answer.</summary>
    public async Task<T> AskAsync<T>(HttpMethod method, string path, string? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var text = await SendAsync(method, path, body, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException("it is null");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ToxiProxiException($"{Request(method, path)}: the answer is none of a Toxiproxy server: {exception.Message}", HttpStatusCode.OK, exception);
        }
    }

    /// <summary>Sends a request.</summary>
    /// <returns>The body of the answer.</returns>
    public async Task<string> SendAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            if (body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            }

            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? text
                : throw new ToxiProxiException($"{Request(method, path)}: {(int)response.StatusCode} {Reason(response, text)}", response.StatusCode);
        }
        catch (HttpRequestException exception)
        {
            var cause = exception.InnerException is SocketException socket ? socket.Message : exception.Message;
            throw new ToxiProxiException($"{Request(method, path)}: no Toxiproxy server answers there: {cause}", null, exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToxiProxiException($"{Request(method, path)}: no answer within {http.Timeout.TotalSeconds:0} s", null, exception);
        }
    }

    /// <summary>Sends a change; servers before 2.6 take it as POST only.</summary>
    public async Task<string> PatchAsync(string path, string body, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(HttpMethod.Patch, path, body, cancellationToken).ConfigureAwait(false);
        }
        catch (ToxiProxiException exception) when (exception.Status == HttpStatusCode.MethodNotAllowed)
        {
            return await SendAsync(HttpMethod.Post, path, body, cancellationToken).ConfigureAwait(false);
        }
    }

    private string Request(HttpMethod method, string path) => $"{method} {new Uri(Server, path)}";

    // Errors are JSON whatever their content type says, and some have no body at all.
    private static string Reason(HttpResponseMessage response, string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ToxiproxyJson.Default.ToxiProxiErrorMessage)?.Error ?? Plain(response, text);
        }
        catch (JsonException)
        {
            return Plain(response, text);
        }
    }

    private static string Plain(HttpResponseMessage response, string text) => text.Trim() is { Length: > 0 and < 500 } plain ? plain : response.ReasonPhrase ?? "without a reason";
}
