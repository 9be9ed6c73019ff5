namespace ChaosHarness.Toxiproxy.Json;

/// <summary>An update that renews a lease, and touches nothing else.</summary>
/// <param name="Lease">In milliseconds.</param>
internal sealed record LeaseRenewal(long Lease);
