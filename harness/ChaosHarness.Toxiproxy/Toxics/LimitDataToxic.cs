using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Closes the connection after a number of bytes.</summary>
public sealed class LimitDataToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.LimitDataToxic;

    /// <summary>The attributes of a <see cref="LimitDataToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>The bytes that pass.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("bytes")]
        public long Bytes { get; set; }
    }
}
