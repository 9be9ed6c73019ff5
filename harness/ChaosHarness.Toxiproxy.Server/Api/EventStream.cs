using ChaosHarness.Toxiproxy.Server.Proxies;
using Microsoft.AspNetCore.Http;

namespace ChaosHarness.Toxiproxy.Server.Api;

/// <summary>What happens, as server-sent events, until the listener leaves.</summary>
internal static class EventStream
{
    public static async Task WriteAsync(HttpContext context, EventFeed events)
    {
        var listener = events.Listen();
        try
        {
            var response = context.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            await response.StartAsync(context.RequestAborted).ConfigureAwait(false);
            await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            await foreach (var happened in listener.Reader.ReadAllAsync(context.RequestAborted).ConfigureAwait(false))
            {
                var data = Answers.Write(json => Answers.Event(json, happened));
                await response.BodyWriter.WriteAsync("data: "u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
                await response.BodyWriter.WriteAsync(data, context.RequestAborted).ConfigureAwait(false);
                await response.BodyWriter.WriteAsync("\n\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The listener left, or the server stops.
        }
        finally
        {
            events.Leave(listener);
        }
    }
}
