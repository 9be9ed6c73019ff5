using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Lets nobody connect: the handshake gets no answer. What is open stays. Only with the server of this harness, on Linux.</summary>
public sealed class HangConnectToxic : ToxicBase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.HangConnectToxic;
}
