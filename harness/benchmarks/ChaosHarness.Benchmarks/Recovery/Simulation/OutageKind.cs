namespace ChaosHarness.Benchmarks.Recovery.Simulation;

/// <summary>What becomes of a request that meets a simulated outage.</summary>
internal enum OutageKind
{
    /// <summary>It fails at once.</summary>
    FastError,

    /// <summary>It fails after a while.</summary>
    LateError,

    /// <summary>It is never answered.</summary>
    Drop,

    /// <summary>It is held, and goes on when the outage ends.</summary>
    Held,

    /// <summary>It is answered, too late.</summary>
    Degraded,

    /// <summary>Everything stands still, whatever it was about: work goes on where it stood, through as many outages as come.</summary>
    Freeze,
}
