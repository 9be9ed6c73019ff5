namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>What those who are cut off from each other see.</summary>
public enum PartitionStyle
{
    /// <summary>Nothing: what they send waits and arrives when the partition heals, as behind a lost route. Only time-outs notice.</summary>
    Stall,

    /// <summary>Resets: connections are reset when they are used next, and new ones at once, as behind a firewall that rejects.</summary>
    Reset,
}
