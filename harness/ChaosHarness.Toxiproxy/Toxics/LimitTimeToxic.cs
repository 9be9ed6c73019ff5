using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Closes the connection after a time in which data passes. Only with the server of this harness.</summary>
public sealed class LimitTimeToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.LimitTimeToxic;

    /// <summary>The attributes of a <see cref="LimitTimeToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>The time, in milliseconds.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("time")]
        public int Time { get; set; }
    }
}
