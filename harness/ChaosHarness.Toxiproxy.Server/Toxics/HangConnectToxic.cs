using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>
/// New connections are not even accepted: the handshake gets no answer, as behind a host or a route that is gone. What is open stays as it is.
/// It acts on the door of the proxy and not on connections, so it meets all or none.
/// </summary>
internal sealed class HangConnectToxic : IToxic
{
    public static ToxicType Type { get; } = new("hang_connect", () => new HangConnectToxic()) { HangsConnects = true };
}
