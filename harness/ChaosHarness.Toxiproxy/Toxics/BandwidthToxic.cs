using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Limits the rate of data.</summary>
public sealed class BandwidthToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.BandwidthToxic;

    /// <summary>The attributes of a <see cref="BandwidthToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>The rate in KB (1000 bytes) a second; 0 lets nothing pass.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("rate")]
        public int Rate { get; set; }
    }
}
