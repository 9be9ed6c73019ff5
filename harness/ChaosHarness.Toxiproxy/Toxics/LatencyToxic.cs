using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Delays data.</summary>
public sealed class LatencyToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.LatencyToxic;

    /// <summary>The attributes of a <see cref="LatencyToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>How much later data arrives, in milliseconds.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("latency")]
        public int Latency { get; set; }

        /// <summary>How far the delay varies either way, in milliseconds.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("jitter")]
        public int Jitter { get; set; }
    }
}
