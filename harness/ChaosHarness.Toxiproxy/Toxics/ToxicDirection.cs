namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>Which way the data goes that a toxic acts on.</summary>
public enum ToxicDirection
{
    /// <summary>From the server to the client.</summary>
    DownStream,

    /// <summary>From the client to the server.</summary>
    UpStream,
}
