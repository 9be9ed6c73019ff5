using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Resets the connection after its first data.</summary>
public sealed class ResetPeerToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.ResetPeerToxic;

    /// <summary>The attributes of a <see cref="ResetPeerToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>How much later it is reset, in milliseconds.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("timeout")]
        public int Timeout { get; set; }
    }
}
