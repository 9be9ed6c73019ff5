using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy;

/// <summary>An open connection through a proxy. Only the server of this harness lists them.</summary>
public sealed class ProxyConnection
{
    /// <summary>Counts up over the connections of a proxy, from 1.</summary>
    public long Number { get; set; }

    /// <summary>The client's address.</summary>
    public string? Client { get; set; }

    /// <summary>The upstream's address.</summary>
    public string? Upstream { get; set; }

    /// <summary>How long it has been open, in milliseconds.</summary>
    public long Age { get; set; }

    /// <summary>What went from the client to the upstream.</summary>
    [JsonPropertyName("to_upstream")]
    public ProxyTraffic ToUpstream { get; set; } = new();

    /// <summary>What went from the upstream to the client.</summary>
    [JsonPropertyName("to_client")]
    public ProxyTraffic ToClient { get; set; } = new();
}
