using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>New connections are reset before the upstream is dialled; those that are open stay.</summary>
internal sealed class RefuseConnectToxic : IToxic
{
    public static ToxicType Type { get; } = new("refuse_connect", () => new RefuseConnectToxic())
    {
        OnConnect = _ => new ConnectEffect(0, Refused: true),
    };
}
