namespace ChaosHarness.Processes.Postgres;

/// <summary>What a server starts as.</summary>
internal enum ServerRole
{
    /// <summary>What it was when it ended.</summary>
    Unchanged,

    /// <summary>It takes writes.</summary>
    Primary,

    /// <summary>It follows another.</summary>
    Standby,
}
