using ChaosHarness.Aspire.Faults;
using ChaosHarness.Faults;

namespace ChaosHarness.Aspire;

/// <summary>A resource of the application: all of its replicas together.</summary>
public sealed class AspireResource
{
    internal AspireResource(string name, IReadOnlyList<AspireReplica> replicas) => (Name, Replicas) = (name, replicas);

    /// <summary>What the application calls it.</summary>
    public string Name { get; }

    /// <summary>Its replicas; one at least.</summary>
    public IReadOnlyList<AspireReplica> Replicas { get; }

    /// <summary>Stops all of its replicas as the dashboard does. Reverted by starting them, and waiting until they are ready.</summary>
    /// <returns>The fault.</returns>
    public Fault Stop() => new ReplicaStop(Name, Replicas);

    /// <summary>Restarts all of its replicas at once, as the dashboard does. Reverted by waiting until they are ready.</summary>
    /// <returns>The fault.</returns>
    public Fault Restart() => new ReplicaRestart(Name, Replicas);
}
