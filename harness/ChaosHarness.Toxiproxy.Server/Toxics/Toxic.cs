using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>A toxic on a proxy. Immutable: an update makes another one.</summary>
internal sealed record Toxic
{
    public required string Name { get; init; }

    public required ToxicType Type { get; init; }

    public required Direction Direction { get; init; }

    /// <summary>The direction as the client wrote it, which is how it is echoed.</summary>
    public required string StreamText { get; init; }

    /// <summary>The share of connections it acts on.</summary>
    public float Toxicity { get; init; } = 1;

    public required ToxicAttributes Attributes { get; init; }

    /// <summary>Counts up over the toxics of a proxy: the order in which bytes pass them.</summary>
    public required long Order { get; init; }

    /// <summary>How long it stays unless renewed; null for ever.</summary>
    public TimeSpan? Lease { get; init; }
}
