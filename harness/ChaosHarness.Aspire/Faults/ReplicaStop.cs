using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Aspire.Faults;

internal sealed class ReplicaStop(string name, IReadOnlyList<AspireReplica> replicas) : CommandFault(name, replicas)
{
    public override string Description => $"stop {Resource}";

    protected override Task ApplyAsync(AspireReplica replica, CancellationToken cancellationToken) => replica.StopAsync(cancellationToken);

    protected override ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Replicas.FirstOrDefault(replica => replica.IsRunning) is { } running ? Presence.Gone($"{running.Component.Name} was started again") : Presence.There);
}
