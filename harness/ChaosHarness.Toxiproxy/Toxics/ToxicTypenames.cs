namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>The names of types of toxics on the wire.</summary>
public static class ToxicTypenames
{
    /// <summary>The type of <see cref="Toxics.LatencyToxic"/>.</summary>
    public const string LatencyToxic = "latency";

    /// <summary>The type of <see cref="Toxics.BandwidthToxic"/>.</summary>
    public const string BandwidthToxic = "bandwidth";

    /// <summary>The type of <see cref="Toxics.SlowCloseToxic"/>.</summary>
    public const string SlowCloseToxic = "slow_close";

    /// <summary>The type of <see cref="Toxics.TimeoutToxic"/>.</summary>
    public const string TimeoutToxic = "timeout";

    /// <summary>The type of <see cref="Toxics.SlicerToxic"/>.</summary>
    public const string SlicerToxic = "slicer";

    /// <summary>The type of <see cref="Toxics.LimitDataToxic"/>.</summary>
    public const string LimitDataToxic = "limit_data";

    /// <summary>The type of <see cref="Toxics.ResetPeerToxic"/>.</summary>
    public const string ResetPeerToxic = "reset_peer";

    /// <summary>The type of <see cref="Toxics.LimitTimeToxic"/>.</summary>
    public const string LimitTimeToxic = "limit_time";

    /// <summary>The type of <see cref="Toxics.PacketLossToxic"/>.</summary>
    public const string PacketLossToxic = "packet_loss";

    /// <summary>The type of <see cref="Toxics.SlowConnectToxic"/>.</summary>
    public const string SlowConnectToxic = "slow_connect";

    /// <summary>The type of <see cref="Toxics.RefuseConnectToxic"/>.</summary>
    public const string RefuseConnectToxic = "refuse_connect";

    /// <summary>The type of <see cref="Toxics.HangConnectToxic"/>.</summary>
    public const string HangConnectToxic = "hang_connect";
}
