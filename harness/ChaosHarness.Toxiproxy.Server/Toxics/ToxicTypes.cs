namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>The types there are. A new one is a file beside this one, and a line here.</summary>
internal static class ToxicTypes
{
    private static readonly ToxicType[] All =
    [
        BandwidthToxic.Type,
        HangConnectToxic.Type,
        LatencyToxic.Type,
        LimitDataToxic.Type,
        LimitTimeToxic.Type,
        NoopToxic.Type,
        PacketLossToxic.Type,
        RefuseConnectToxic.Type,
        ResetPeerToxic.Type,
        SlicerToxic.Type,
        SlowCloseToxic.Type,
        SlowConnectToxic.Type,
        TimeoutToxic.Type,
    ];

    public static ToxicType? Find(string name) => Array.Find(All, type => type.Name == name);
}
