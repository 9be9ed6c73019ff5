namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>What those who are cut off from each other see.</summary>
public enum PartitionStyle
{
    /// <summary>Nothing: what they send waits and arrives when the partition heals, as behind a lost route. Only time-outs notice. Connecting still succeeds, as the proxy accepts.</summary>
    Stall,

    /// <summary>Resets: connections are reset when they are used next, and new ones at once, as behind a firewall that rejects.</summary>
    Reset,

    /// <summary>
    /// Nothing, and connecting hangs too, as with a host that is gone: the handshake gets no answer, and is tried again after 1 s, 3 s, 7 s by
    /// whoever waits that long. Needs the server of this harness, on Linux.
    /// </summary>
    Blackhole,
}
