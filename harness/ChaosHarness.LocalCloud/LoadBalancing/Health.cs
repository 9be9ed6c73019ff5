namespace ChaosHarness.LocalCloud.LoadBalancing;

/// <summary>The states of a target.</summary>
internal enum Health
{
    /// <summary>Its first checks are under way.</summary>
    Initial,

    /// <summary>Its checks pass.</summary>
    Healthy,

    /// <summary>Its checks fail.</summary>
    Unhealthy,

    /// <summary>It was deregistered, and may answer what it was asked.</summary>
    Draining,

    /// <summary>It is not asked: it is not registered, or does not run.</summary>
    Unused,
}
