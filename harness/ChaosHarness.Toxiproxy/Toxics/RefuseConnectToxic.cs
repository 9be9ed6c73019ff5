using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Resets new connections; those that are open stay. Only with the server of this harness.</summary>
public sealed class RefuseConnectToxic : ToxicBase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ToxicTypenames.RefuseConnectToxic;
}
