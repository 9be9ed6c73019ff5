using ChaosHarness.Systems;

namespace ChaosHarness.Aspire;

/// <summary>How an Aspire application is seen as a system under test.</summary>
public sealed class AspireSystemOptions
{
    /// <summary>What the system is called in records.</summary>
    /// <value>Default: null, as the app host is called.</value>
    public string? Name { get; init; }

    /// <summary>What resources are, by their names; Aspire itself does not tell a database from a cache.</summary>
    /// <value>Default: none; a resource that is not named here is a service.</value>
    public IReadOnlyDictionary<string, ComponentKind> Kinds { get; init; } = new Dictionary<string, ComponentKind>();
}
