using ChaosHarness.Toxiproxy.Server.Json;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>What a client asks of a toxic. What it did not say is null.</summary>
internal sealed record ToxicRequest
{
    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Stream { get; init; }

    public float? Toxicity { get; init; }

    public JsonFields? Attributes { get; init; }

    /// <summary>How long it stays unless renewed; zero for ever.</summary>
    public TimeSpan? Lease { get; init; }
}
