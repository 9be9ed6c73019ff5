using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>
/// New connections reach the upstream <c>delay</c> ms later. The handshake with the client is the operating system's and is not delayed:
/// the client sees a connection on which nothing answers yet.
/// </summary>
internal sealed class SlowConnectToxic : IToxic
{
    private static readonly ToxicAttribute Delay = new("delay");

    public static ToxicType Type { get; } = new("slow_connect", () => new SlowConnectToxic(), Delay)
    {
        OnConnect = values => new ConnectEffect((double)values[Delay], Refused: false),
    };
}
