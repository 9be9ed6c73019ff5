namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>A proxy that a client wants, with the toxics that it is to begin with.</summary>
/// <param name="Definition">The proxy.</param>
/// <param name="Toxics">Its first toxics.</param>
internal sealed record ProxyRequest(ProxyDefinition Definition, IReadOnlyList<ToxicRequest> Toxics);
