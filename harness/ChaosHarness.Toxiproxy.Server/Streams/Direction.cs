namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>Which way bytes go.</summary>
internal enum Direction
{
    /// <summary>From the client to the server.</summary>
    Upstream,

    /// <summary>From the server to the client.</summary>
    Downstream,
}
