using System.Text.Json;
using ChaosHarness.Toxiproxy.Server.Json;
using ChaosHarness.Toxiproxy.Server.Proxies;

namespace ChaosHarness.Toxiproxy.Server.Api;

/// <summary>What clients ask, read from JSON.</summary>
internal static class Requests
{
    /// <summary>A proxy that a client wants.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="withToxics">Whether its toxics count. The original ignores them, and clients that send back what they were given rely on that.</param>
    /// <returns>The request; a name or upstream may be missing.</returns>
    public static ProxyRequest Proxy(JsonElement element, bool withToxics)
    {
        var fields = new JsonFields(element);
        var definition = new ProxyDefinition
        {
            Name = fields.Text("name") ?? "",
            Listen = fields.Text("listen") ?? "",
            Upstream = fields.Text("upstream") ?? "",
            Enabled = fields.Flag("enabled") ?? true,
            HalfClose = fields.Flag("half_close") ?? false,
            DialTimeout = ProxyChange.NoneWhenZero(fields.Milliseconds("dial_timeout")),
            Lease = ProxyChange.NoneWhenZero(fields.Milliseconds("lease")),
        };
        var toxics = withToxics ? fields.Array("toxics") : null;
        return new ProxyRequest(definition, toxics is null ? [] : [.. toxics.Value.EnumerateArray().Select(Toxic)]);
    }

    /// <summary>The proxies of a populate request or a configuration file. All are checked before any is made.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="withToxics">Whether their toxics count.</param>
    /// <returns>The requests.</returns>
    public static IReadOnlyList<ProxyRequest> Proxies(JsonElement element, bool withToxics)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            throw RefusedException.BadBody("an array of proxies is needed");
        }

        var proxies = element.EnumerateArray().Select(entry => Proxy(entry, withToxics)).ToList();
        for (var index = 0; index < proxies.Count; index++)
        {
            if (Missing(proxies[index].Definition) is { } field)
            {
                throw RefusedException.MissingField($"{field} at proxy {index + 1}");
            }
        }

        return proxies;
    }

    /// <summary>The first field that a proxy cannot do without.</summary>
    public static string? Missing(ProxyDefinition definition) => definition.Name.Length == 0 ? "name" : definition.Upstream.Length == 0 ? "upstream" : null;

    public static ProxyChange Change(JsonElement element)
    {
        var fields = new JsonFields(element);
        return new ProxyChange
        {
            Listen = fields.Text("listen"),
            Upstream = fields.Text("upstream"),
            Enabled = fields.Flag("enabled"),
            HalfClose = fields.Flag("half_close"),
            DialTimeout = fields.Milliseconds("dial_timeout"),
            Lease = fields.Milliseconds("lease"),
        };
    }

    public static ToxicRequest Toxic(JsonElement element)
    {
        var fields = new JsonFields(element);
        return new ToxicRequest
        {
            Name = fields.Text("name"),
            Type = fields.Text("type"),
            Stream = fields.Text("stream"),
            Toxicity = fields.Share("toxicity"),
            Attributes = fields.Object("attributes") is { } attributes ? new JsonFields(attributes) : null,
            Lease = fields.Milliseconds("lease"),
        };
    }
}
