using ChaosHarness.Toxiproxy.Server.Connections;
using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>Bytes received and sent in one direction.</summary>
/// <param name="Direction">The direction.</param>
/// <param name="Received">Bytes read.</param>
/// <param name="Sent">Bytes written.</param>
internal readonly record struct TrafficCounters(Direction Direction, long Received, long Sent)
{
    public TrafficCounters Plus(Link link) => this with { Received = Received + link.Received, Sent = Sent + link.Sent };
}
