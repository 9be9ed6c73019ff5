namespace ChaosHarness.Systems;

/// <summary>The states of a circuit breaker.</summary>
public enum BreakerState
{
    /// <summary>Calls pass.</summary>
    Closed,

    /// <summary>Calls are refused without being tried.</summary>
    Open,

    /// <summary>A call is let through to see whether the dependency is back.</summary>
    HalfOpen,

    /// <summary>Held open by hand.</summary>
    Isolated,
}
