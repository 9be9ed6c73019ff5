namespace ChaosHarness.Faults;

internal sealed class DelegateFault(
    string description,
    string target,
    Func<CancellationToken, ValueTask> inject,
    Func<CancellationToken, ValueTask> revert) : SingleFault
{
    public override string Description => description;

    public override IReadOnlyList<string> Targets => [target];

    protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new RevertRecipe(
            RevertRecipe.InProcess,
            new Dictionary<string, string> { ["target"] = target },
            $"The run that did '{description}' ended before it could undo it. Undo it on {target} by hand."));

    protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => inject(cancellationToken);

    protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => revert(cancellationToken);
}
