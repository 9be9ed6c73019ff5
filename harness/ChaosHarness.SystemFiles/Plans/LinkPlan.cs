using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.SystemFiles.Plans;

/// <summary>A link of a file.</summary>
internal sealed record LinkPlan(string Name, string From, string To)
{
    /// <summary>The proxy that the harness runs for it; null where another server has it.</summary>
    public (Endpoint Listen, Endpoint Upstream)? Embedded { get; init; }

    public bool IsEmbedded => Embedded is not null;

    /// <summary>The server that has it; null where the harness runs one.</summary>
    public Uri? Server { get; init; }

    /// <summary>What the proxy is called on its server.</summary>
    public required string Proxy { get; init; }
}
