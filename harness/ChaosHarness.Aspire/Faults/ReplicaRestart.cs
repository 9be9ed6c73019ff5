namespace ChaosHarness.Aspire.Faults;

internal sealed class ReplicaRestart(string name, IReadOnlyList<AspireReplica> replicas) : CommandFault(name, replicas)
{
    public override string Description => $"restart {Resource}";

    protected override Task ApplyAsync(AspireReplica replica, CancellationToken cancellationToken) => replica.RestartAsync(cancellationToken);
}
