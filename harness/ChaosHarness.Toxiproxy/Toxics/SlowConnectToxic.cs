using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Delays new connections. Only with the server of this harness.</summary>
public sealed class SlowConnectToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.SlowConnectToxic;

    /// <summary>The attributes of a <see cref="SlowConnectToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>How much later they reach the upstream, in milliseconds.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("delay")]
        public int Delay { get; set; }
    }
}
