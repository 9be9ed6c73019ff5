namespace ChaosHarness.LocalCloud;

/// <summary>What of a region can be lost.</summary>
[Flags]
public enum RegionParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its control plane: calls of its API are not answered, and what it looks after is not looked after.</summary>
    Api = 1,

    /// <summary>The instances: their programs end, and begin anew when it is back.</summary>
    Instances = 2,

    /// <summary>The databases: their servers end, and begin anew with what they had on disk.</summary>
    Databases = 4,

    /// <summary>The load balancers.</summary>
    Entry = 8,

    /// <summary>Replication of objects from it and to it.</summary>
    Replication = 16,

    /// <summary>All of it.</summary>
    All = Api | Instances | Databases | Entry | Replication,
}
