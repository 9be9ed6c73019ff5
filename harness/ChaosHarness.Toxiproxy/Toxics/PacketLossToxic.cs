using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Delays data as the loss of packets does to TCP. Only with the server of this harness.</summary>
public sealed class PacketLossToxic : ToxicBase
{
    /// <summary>What it does, in numbers.</summary>
    public ToxicAttributes Attributes { get; set; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.PacketLossToxic;

    /// <summary>The attributes of a <see cref="PacketLossToxic"/>.</summary>
    public sealed class ToxicAttributes
    {
        /// <summary>The share of segments that are lost, 0 to 1.</summary>
        /// <value>Default: 0.1.</value>
        [JsonPropertyName("loss_rate")]
        public double LossRate { get; set; } = 0.1;

        /// <summary>How likely a segment fares like the one before it, 0 to 1.</summary>
        /// <value>Default: 0.</value>
        [JsonPropertyName("correlation")]
        public double Correlation { get; set; }

        /// <summary>How much later a lost segment arrives, in milliseconds; twice that later again for each further loss.</summary>
        /// <value>Default: 200.</value>
        [JsonPropertyName("rto")]
        public int RetransmissionTimeout { get; set; } = 200;
    }
}
