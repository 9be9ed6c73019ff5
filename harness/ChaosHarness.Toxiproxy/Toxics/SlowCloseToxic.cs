using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Delays the end of a connection.</summary>
public sealed class SlowCloseToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.SlowCloseToxic;

    /// <summary>The attributes of a <see cref="SlowCloseToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>How much later it ends, in milliseconds.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("delay")]
        public int Delay { get; set; }
    }
}
