using ChaosHarness.Safety;

namespace ChaosHarness.Faults;

internal sealed class DelegateFault(
    string description,
    string target,
    Func<CancellationToken, ValueTask> inject,
    Func<CancellationToken, ValueTask> revert,
    RevertRecipe recipe) : Fault
{
    public override string Description => description;

    public override IReadOnlyList<string> Targets => [target];

    protected internal override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Preflight.Ready);

    protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(recipe);

    protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => inject(cancellationToken);

    protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => revert(cancellationToken);
}
