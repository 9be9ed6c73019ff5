using System.Text.Json.Serialization;
using ChaosHarness.Toxiproxy.Json;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>A toxic: what happens to the data of a proxy.</summary>
[JsonConverter(typeof(ToxicConverter))]
public abstract class ToxicBase
{
    /// <summary>Unique within its proxy, over both directions.</summary>
    /// <value>Default: null, the server makes it of type and direction.</value>
    public string? Name { get; set; }

    /// <summary>Which way the data goes that it acts on.</summary>
    /// <value>Default: <see cref="ToxicDirection.DownStream"/>.</value>
    [JsonConverter(typeof(ToxicDirectionConverter))]
    public ToxicDirection Stream { get; set; }

    /// <summary>The share of connections that it acts on, 0 to 1.</summary>
    /// <value>Default: 1.</value>
    public double Toxicity { get; set; } = 1;

    /// <summary>The name of its type on the wire.</summary>
    [JsonIgnore]
    public abstract string Type { get; }

    /// <summary>How long it stays unless renewed, in whole milliseconds. Other servers than this harness's ignore it and show none.</summary>
    /// <value>Default: null, for ever.</value>
    [JsonConverter(typeof(MillisecondsConverter))]
    public TimeSpan? Lease { get; set; }
}
