namespace ChaosHarness.Systems;

/// <summary>What a component is.</summary>
public enum ComponentKind
{
    /// <summary>An instance of a service.</summary>
    Service,

    /// <summary>A database node.</summary>
    Database,

    /// <summary>A cache.</summary>
    Cache,

    /// <summary>A load balancer.</summary>
    LoadBalancer,

    /// <summary>A network link.</summary>
    Link,

    /// <summary>Something that watches or steers the others, such as a failover agent.</summary>
    Control,
}
