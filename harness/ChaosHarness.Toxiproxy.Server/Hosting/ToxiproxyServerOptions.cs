namespace ChaosHarness.Toxiproxy.Server;

/// <summary>How a <see cref="ToxiproxyServer"/> runs.</summary>
public sealed class ToxiproxyServerOptions
{
    /// <summary>The host name or address of the API.</summary>
    /// <value>Default: <c>localhost</c>, so only this machine reaches it.</value>
    public string Host { get; init; } = "localhost";

    /// <summary>The port of the API; 0 takes a free one.</summary>
    /// <value>Default: 8474.</value>
    public int Port { get; init; } = 8474;

    /// <summary>What chance depends on: which connections a toxicity below 1 chooses, jitter, slices, losses.</summary>
    /// <value>Default: 0.</value>
    public long Seed { get; init; }

    /// <summary>A JSON file with the proxies to begin with, as for <c>/populate</c>, toxics included; null for none.</summary>
    /// <value>Default: null.</value>
    public string? ConfigFile { get; init; }

    /// <summary>Whether <c>/metrics</c> shows the bytes of every proxy.</summary>
    /// <value>Default: false.</value>
    public bool ProxyMetrics { get; init; }

    /// <summary>Whether <c>/metrics</c> shows processor time and memory.</summary>
    /// <value>Default: false.</value>
    public bool RuntimeMetrics { get; init; }

    /// <summary>The bearer token that requests to the API must carry; null for none.</summary>
    /// <value>Default: null.</value>
    public string? Token { get; init; }
}
