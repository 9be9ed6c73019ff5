using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Cuts data into small pieces.</summary>
public sealed class SlicerToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.SlicerToxic;

    /// <summary>The attributes of a <see cref="SlicerToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>The average size of a piece, in bytes; at least 1.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("average_size")]
        public int AverageSize { get; set; }

        /// <summary>How far the size varies either way, in bytes; at most the average.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("size_variation")]
        public int SizeVariation { get; set; }

        /// <summary>The pause behind each piece, in microseconds.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("delay")]
        public int Delay { get; set; }
    }
}
