namespace ChaosHarness.Toxiproxy.Json;

/// <summary>The answer to populate; null instead of an empty list.</summary>
internal sealed class PopulatedProxies
{
    public List<Proxy>? Proxies { get; set; }
}
