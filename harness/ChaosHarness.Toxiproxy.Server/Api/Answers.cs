using System.Buffers;
using System.Text.Json;
using ChaosHarness.Toxiproxy.Server.Connections;
using ChaosHarness.Toxiproxy.Server.Proxies;
using ChaosHarness.Toxiproxy.Server.Streams;
using ChaosHarness.Toxiproxy.Server.Toxics;

namespace ChaosHarness.Toxiproxy.Server.Api;

/// <summary>What clients are told, as JSON. A field that the original lacks appears only where a client asked for it.</summary>
internal static class Answers
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    public static void Proxies(Utf8JsonWriter json, IEnumerable<Proxy> proxies)
    {
        json.WriteStartObject();
        foreach (var proxy in proxies)
        {
            json.WritePropertyName(proxy.Name);
            Proxy(json, proxy);
        }

        json.WriteEndObject();
    }

    public static void Proxy(Utf8JsonWriter json, Proxy proxy)
    {
        var definition = proxy.Definition;
        json.WriteStartObject();
        json.WriteString("name", definition.Name);
        json.WriteString("listen", definition.Listen);
        json.WriteString("upstream", definition.Upstream);
        json.WriteBoolean("enabled", definition.Enabled);
        if (definition.HalfClose)
        {
            json.WriteBoolean("half_close", true);
        }

        Milliseconds(json, "dial_timeout", definition.DialTimeout);
        Milliseconds(json, "lease", definition.Lease);
        json.WritePropertyName("toxics");
        Toxics(json, proxy.Toxics);
        json.WriteEndObject();
    }

    public static void Toxics(Utf8JsonWriter json, IEnumerable<Toxic> toxics)
    {
        json.WriteStartArray();
        foreach (var toxic in toxics)
        {
            Toxic(json, toxic);
        }

        json.WriteEndArray();
    }

    public static void Toxic(Utf8JsonWriter json, Toxic toxic)
    {
        json.WriteStartObject();
        json.WriteStartObject("attributes");
        foreach (var (attribute, value) in toxic.Attributes.All)
        {
            json.WriteNumber(attribute.Name, value);
        }

        json.WriteEndObject();
        json.WriteString("name", toxic.Name);
        json.WriteString("type", toxic.Type.Name);
        json.WriteString("stream", toxic.StreamText);
        json.WriteNumber("toxicity", toxic.Toxicity);
        Milliseconds(json, "lease", toxic.Lease);
        json.WriteEndObject();
    }

    /// <summary>The answer to populate: null instead of an empty array, as the original.</summary>
    public static void Populated(Utf8JsonWriter json, IReadOnlyList<Proxy> proxies, PopulateException? failure = null)
    {
        json.WriteStartObject();
        if (failure is not null)
        {
            json.WriteString("error", failure.Message);
            json.WriteNumber("status", failure.Status);
        }

        json.WritePropertyName("proxies");
        if (proxies.Count == 0)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStartArray();
            foreach (var proxy in proxies)
            {
                Proxy(json, proxy);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void Error(Utf8JsonWriter json, int status, string message)
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteNumber("status", status);
        json.WriteEndObject();
    }

    public static void Connections(Utf8JsonWriter json, IEnumerable<Connection> connections, TimeSpan now)
    {
        json.WriteStartArray();
        foreach (var connection in connections.OrderBy(present => present.Number))
        {
            json.WriteStartObject();
            json.WriteNumber("number", connection.Number);
            json.WriteString("client", connection.ClientAddress);
            json.WriteString("upstream", connection.UpstreamAddress);
            json.WriteNumber("age", (long)(now - connection.Began).TotalMilliseconds);
            foreach (var direction in Enum.GetValues<Direction>())
            {
                Link(json, connection[direction]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Event(Utf8JsonWriter json, ServerEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("event", happened.Kind);
        json.WriteString("proxy", happened.Proxy);
        json.WriteString("at", happened.At);
        if (happened.Connection is { } connection)
        {
            json.WriteNumber("connection", connection);
        }

        if (happened.Toxic is not null)
        {
            json.WriteString("toxic", happened.Toxic);
        }

        if (happened.Reason is not null)
        {
            json.WriteString("reason", happened.Reason);
        }

        json.WriteEndObject();
    }

    private static void Link(Utf8JsonWriter json, Link link)
    {
        json.WriteStartObject(link.Direction == Direction.Upstream ? "to_upstream" : "to_client");
        json.WriteNumber("received", link.Received);
        json.WriteNumber("sent", link.Sent);
        json.WriteStartArray("toxics");
        foreach (var name in link.Toxics)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Milliseconds(Utf8JsonWriter json, string name, TimeSpan? span)
    {
        if (span is { } length)
        {
            json.WriteNumber(name, (long)length.TotalMilliseconds);
        }
    }
}
