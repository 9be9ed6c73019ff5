namespace ChaosHarness.Systems;

/// <summary>What a signal means for the measurements.</summary>
public enum SignalKind
{
    /// <summary>Something worth a mark on the timeline.</summary>
    Noted,

    /// <summary>The system noticed that something is wrong: a health check flipped, a breaker opened, an alert fired.</summary>
    Detected,

    /// <summary>The same source saw that all is well again.</summary>
    Recovered,

    /// <summary>A node became primary; the source is the node, named as in acknowledgements.</summary>
    Promoted,

    /// <summary>A circuit breaker changed its state.</summary>
    Breaker,
}
