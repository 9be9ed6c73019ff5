using System.Net;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>What a name leads to: an address, or another name.</summary>
/// <param name="Address">An IPv4 address; null where it leads to a name.</param>
/// <param name="Canonical">The other name; null where it leads to an address.</param>
/// <param name="TimeToLive">How long whoever asked may keep it, in real time.</param>
internal sealed record NameTarget(IPAddress? Address, string? Canonical, TimeSpan TimeToLive);
