namespace ChaosHarness.Toxiproxy;

/// <summary>What went one way through a connection.</summary>
public sealed class ProxyTraffic
{
    /// <summary>Bytes that the proxy received.</summary>
    public long Received { get; set; }

    /// <summary>Bytes that the proxy sent on.</summary>
    public long Sent { get; set; }

    /// <summary>The names of the toxics that act on it.</summary>
    public IReadOnlyList<string> Toxics { get; set; } = [];
}
