using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Drops all data, and closes the connection after a time.</summary>
public sealed class TimeoutToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.TimeoutToxic;

    /// <summary>The attributes of a <see cref="TimeoutToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>The time without data after which it closes, in milliseconds; 0 for never.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("timeout")]
        public int Timeout { get; set; }
    }
}
