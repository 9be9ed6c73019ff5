using System.Security.Cryptography;
using System.Text;
using ChaosHarness.Toxiproxy.Server.Proxies;
using ChaosHarness.Toxiproxy.Server.Timing;
using Microsoft.AspNetCore.Http;

namespace ChaosHarness.Toxiproxy.Server.Api;

/// <summary>Leads requests to what answers them, in the order of the original: unknown path, unknown method, browser, and only then the request itself.</summary>
internal sealed class Router(ProxyCollection proxies, EventFeed events, Clock clock, ApiOptions options)
{
    private const string JsonType = "application/json";

    // Browsers are kept out: a web page must not be able to reach the proxies of whoever looks at it.
    private const string BrowserAgent = "Mozilla/";

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var parts = path.Split('/')[1..];
        if (FindRoute(parts) is not { } route)
        {
            await TextAsync(context, 404, "404 page not found\n").ConfigureAwait(false);
            return;
        }

        var method = context.Request.Method;
        if (!route.Methods.Contains(method) && !route.Methods.Contains("*"))
        {
            context.Response.StatusCode = 405;
            return;
        }

        context.Response.Headers["X-Toxiproxy-Request-Id"] = Guid.NewGuid().ToString("N");
        if (context.Request.Headers.UserAgent.ToString().StartsWith(BrowserAgent, StringComparison.Ordinal))
        {
            await TextAsync(context, 403, "User agent not allowed\n").ConfigureAwait(false);
            return;
        }

        if (!IsPermitted(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await ErrorAsync(context, 401, "a valid bearer token is required").ConfigureAwait(false);
            return;
        }

        try
        {
            await route.AnswerAsync(context).ConfigureAwait(false);
        }
        catch (RefusedException refusal)
        {
            await ErrorAsync(context, refusal.Status, refusal.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            await ErrorAsync(context, exception.StatusCode, $"bad request body: {exception.Message}").ConfigureAwait(false);
        }
    }

    private Route? FindRoute(string[] parts) => parts switch
    {
        ["version"] => new Route(["GET"], context => BytesAsync(context, 200, "application/json;charset=utf-8", "{\"version\": \"2.12.0\"}\n"u8.ToArray())),
        ["proxies"] => new Route(["GET", "POST"], context => IsRead(context) ? ListProxiesAsync(context) : AddProxyAsync(context)),
        ["populate"] => new Route(["POST"], PopulateAsync),
        ["reset"] => new Route(["POST"], ResetAsync),
        ["metrics"] when options.ProxyMetrics || options.RuntimeMetrics => new Route(["*"], MetricsAsync),
        ["events"] => new Route(["GET"], context => EventStream.WriteAsync(context, events)),
        ["proxies", var name] when name.Length > 0 => new Route(["GET", "POST", "PATCH", "DELETE"], context => ProxyAsync(context, name)),
        ["proxies", var name, "connections"] when name.Length > 0 => new Route(["GET"], context => ConnectionsAsync(context, name)),
        ["proxies", var name, "toxics"] when name.Length > 0 => new Route(["GET", "POST"], context => ToxicsAsync(context, name)),
        ["proxies", var name, "toxics", var toxic] when name.Length > 0 && toxic.Length > 0
            => new Route(["GET", "POST", "PATCH", "DELETE"], context => ToxicAsync(context, name, toxic)),
        _ => null,
    };

    private static bool IsRead(HttpContext context) => context.Request.Method == "GET";

    // Whether the request asks for the toxics in its body to be made. Without it they are ignored, as the original does.
    private static bool AsksForToxics(HttpContext context) => context.Request.Query["toxics"] == "true";

    private Task ListProxiesAsync(HttpContext context) => JsonAsync(context, 200, json => Answers.Proxies(json, proxies.All));

    private async Task AddProxyAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var request = Requests.Proxy(body, AsksForToxics(context));
        if (Requests.Missing(request.Definition) is { } field)
        {
            throw RefusedException.MissingField(field);
        }

        var proxy = await proxies.AddAsync(request, context.RequestAborted).ConfigureAwait(false);
        await JsonAsync(context, 201, json => Answers.Proxy(json, proxy)).ConfigureAwait(false);
    }

    private async Task PopulateAsync(HttpContext context)
    {
        try
        {
            var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            var done = await proxies.PopulateAsync(Requests.Proxies(body, AsksForToxics(context)), context.RequestAborted).ConfigureAwait(false);
            await JsonAsync(context, 201, json => Answers.Populated(json, done)).ConfigureAwait(false);
        }
        catch (PopulateException failure)
        {
            await JsonAsync(context, failure.Status, json => Answers.Populated(json, failure.Done, failure)).ConfigureAwait(false);
        }
        catch (RefusedException refusal)
        {
            await JsonAsync(context, refusal.Status, json => Answers.Error(json, refusal.Status, refusal.Message)).ConfigureAwait(false);
        }
    }

    private async Task ResetAsync(HttpContext context)
    {
        await proxies.ResetAsync(context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = 204;
    }

    private Task MetricsAsync(HttpContext context) =>
        BytesAsync(context, 200, Metrics.ContentType, Encoding.UTF8.GetBytes(Metrics.Of(proxies.All, options.ProxyMetrics, options.RuntimeMetrics)));

    private async Task ProxyAsync(HttpContext context, string name)
    {
        switch (context.Request.Method)
        {
            case "GET":
                await JsonAsync(context, 200, json => Answers.Proxy(json, proxies.Get(name))).ConfigureAwait(false);
                return;
            case "DELETE":
                proxies.Remove(name);
                context.Response.StatusCode = 204;
                return;
            default:
                proxies.Get(name);
                var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
                var proxy = await proxies.ChangeAsync(name, Requests.Change(body), context.RequestAborted).ConfigureAwait(false);
                await JsonAsync(context, 200, json => Answers.Proxy(json, proxy)).ConfigureAwait(false);
                return;
        }
    }

    private Task ConnectionsAsync(HttpContext context, string name)
    {
        var connections = proxies.Get(name).Connections;
        return JsonAsync(context, 200, json => Answers.Connections(json, connections, clock.Now));
    }

    private async Task ToxicsAsync(HttpContext context, string name)
    {
        var proxy = proxies.Get(name);
        if (IsRead(context))
        {
            await JsonAsync(context, 200, json => Answers.Toxics(json, proxy.Toxics)).ConfigureAwait(false);
            return;
        }

        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var toxic = proxy.AddToxic(Requests.Toxic(body));
        await JsonAsync(context, 200, json => Answers.Toxic(json, toxic)).ConfigureAwait(false);
    }

    private async Task ToxicAsync(HttpContext context, string name, string toxicName)
    {
        var proxy = proxies.Get(name);
        var toxic = proxy.GetToxic(toxicName);
        switch (context.Request.Method)
        {
            case "GET":
                break;
            case "DELETE":
                proxy.RemoveToxic(toxicName);
                context.Response.StatusCode = 204;
                return;
            default:
                var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
                toxic = proxy.ChangeToxic(toxicName, Requests.Toxic(body));
                break;
        }

        await JsonAsync(context, 200, json => Answers.Toxic(json, toxic)).ConfigureAwait(false);
    }

    private bool IsPermitted(HttpRequest request)
    {
        if (options.Token is null)
        {
            return true;
        }

        var given = Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString());
        return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes($"Bearer {options.Token}"));
    }

    private static Task JsonAsync(HttpContext context, int status, Action<System.Text.Json.Utf8JsonWriter> write) =>
        BytesAsync(context, status, JsonType, Answers.Write(write));

    // The original labels its errors as text; clients have to look at the body.
    private static Task ErrorAsync(HttpContext context, int status, string message)
    {
        var body = Answers.Write(json => Answers.Error(json, status, message));
        return TextAsync(context, status, Encoding.UTF8.GetString(body.Span) + "\n");
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return BytesAsync(context, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
    }

    private static async Task BytesAsync(HttpContext context, int status, string type, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private sealed record Route(string[] Methods, Func<HttpContext, Task> AnswerAsync);
}
