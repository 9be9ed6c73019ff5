namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>What a client wants changed of a proxy. What it did not say is null.</summary>
internal sealed record ProxyChange
{
    public string? Listen { get; init; }

    public string? Upstream { get; init; }

    public bool? Enabled { get; init; }

    public bool? HalfClose { get; init; }

    /// <summary>Zero for as long as the operating system tries.</summary>
    public TimeSpan? DialTimeout { get; init; }

    /// <summary>Zero for ever.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>What it changes, apart from what needs the listener to stop.</summary>
    public ProxyDefinition ApplyTo(ProxyDefinition definition) => definition with
    {
        HalfClose = HalfClose ?? definition.HalfClose,
        DialTimeout = DialTimeout is null ? definition.DialTimeout : NoneWhenZero(DialTimeout),
        Lease = Lease is null ? definition.Lease : NoneWhenZero(Lease),
    };

    /// <summary>Zero is how a client says that there is to be no limit.</summary>
    public static TimeSpan? NoneWhenZero(TimeSpan? span) => span == TimeSpan.Zero ? null : span;
}
