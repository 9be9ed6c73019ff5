using System.Net;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>Where a name leads.</summary>
/// <param name="Address">An IPv4 address.</param>
/// <param name="TimeToLive">How long whoever asked may keep it, in whole seconds of real time.</param>
public sealed record NameRecord(IPAddress Address, TimeSpan TimeToLive);
