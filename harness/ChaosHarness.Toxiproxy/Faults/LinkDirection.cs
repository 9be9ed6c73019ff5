namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>Which way over a link.</summary>
public enum LinkDirection
{
    /// <summary>Both ways.</summary>
    Both,

    /// <summary>From the client to the server.</summary>
    ToServer,

    /// <summary>From the server to the client.</summary>
    ToClient,
}
