using System.Collections.Concurrent;
using System.Net;
using ChaosHarness.LocalCloud.Names;

namespace ChaosHarness.LocalCloud.Route53;

/// <summary>All hosted zones, as name servers see them.</summary>
internal sealed class HostedZones(Func<string, bool> isHealthy) : INameSource
{
    public ConcurrentDictionary<string, HostedZone> All { get; } = new(StringComparer.Ordinal);

    public bool Holds(string name) => ZoneOf(RecordRules.Full(name)) is not null;

    public NameTarget? Find(string name, out bool isKnown)
    {
        var full = RecordRules.Full(name);
        var records = ZoneOf(full)?.Answered.Where(record => record.Name == full).ToList() ?? [];
        isKnown = records.Count > 0;
        if (!isKnown)
        {
            return null;
        }

        var record = RecordChoice.Of(records, isHealthy);
        var (value, timeToLive) = (record.ResourceRecords[0].Value, TimeSpan.FromSeconds(record.TTL!.Value));
        return record.Type.Value == "A" ? new NameTarget(IPAddress.Parse(value), null, timeToLive) : new NameTarget(null, value.TrimEnd('.'), timeToLive);
    }

    // The longest name that fits.
    private HostedZone? ZoneOf(string full) =>
        All.Values.Where(zone => full == zone.Name || full.EndsWith("." + zone.Name, StringComparison.Ordinal)).MaxBy(zone => zone.Name.Length);
}
