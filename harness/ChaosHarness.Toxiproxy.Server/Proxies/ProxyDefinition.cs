namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>What a proxy is asked to be.</summary>
internal sealed record ProxyDefinition
{
    public required string Name { get; init; }

    /// <summary>Where clients connect: <c>host:port</c>, or <c>unix:/path</c>. Port 0 takes a free one.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Where the proxy connects: <c>host:port</c>, or <c>unix:/path</c>.</summary>
    public string Upstream { get; init; } = "";

    public bool Enabled { get; init; } = true;

    /// <summary>Whether the end of one direction leaves the other open. The original closes both.</summary>
    public bool HalfClose { get; init; }

    /// <summary>How long dialling the upstream may take; null for as long as the operating system tries.</summary>
    public TimeSpan? DialTimeout { get; init; }

    /// <summary>How long the proxy stays unless renewed; null for ever.</summary>
    public TimeSpan? Lease { get; init; }
}
