using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Aspire.Faults;

/// <summary>What all faults by commands of Aspire share: replicas that run, and that are brought back.</summary>
internal abstract class CommandFault(string name, IReadOnlyList<AspireReplica> replicas) : Fault
{
    public override IReadOnlyList<string> Targets => [.. replicas.Select(replica => replica.Component.Name)];

    protected string Resource => name;

    protected IReadOnlyList<AspireReplica> Replicas => replicas;

    protected override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(replicas.FirstOrDefault(replica => !replica.IsRunning) is { } stopped ? Preflight.NotReady(stopped.WhyStopped()) : Preflight.Ready);

    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(OwnedRecipe.Of(name));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await Task.WhenAll(replicas.Select(replica => ApplyAsync(replica, cancellationToken))).ConfigureAwait(false);

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await Task.WhenAll(replicas.Select(replica => replica.RestoreAsync(cancellationToken).AsTask())).ConfigureAwait(false);

    /// <summary>Gives the command to one of them.</summary>
    protected abstract Task ApplyAsync(AspireReplica replica, CancellationToken cancellationToken);
}
