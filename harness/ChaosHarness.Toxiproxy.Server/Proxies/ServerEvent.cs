namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>Something happened to a connection, a toxic or a proxy.</summary>
/// <param name="Kind">For example <c>connection_opened</c>.</param>
/// <param name="Proxy">The proxy's name.</param>
/// <param name="At">When, by the wall clock.</param>
internal sealed record ServerEvent(string Kind, string Proxy, DateTimeOffset At)
{
    /// <summary>The connection's number.</summary>
    public long? Connection { get; init; }

    /// <summary>The toxic's name.</summary>
    public string? Toxic { get; init; }

    /// <summary>Why, where that is known.</summary>
    public string? Reason { get; init; }
}
