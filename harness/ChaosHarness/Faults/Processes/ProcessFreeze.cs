using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Processes;

internal sealed class ProcessFreeze(IProcessComponent component) : ProcessFault(component)
{
    private readonly IProcessComponent _component = component;

    public override string Description => $"freeze {Name}";

    public override string? Impossible => WithoutSignals("Freezing a process");

    protected internal override async ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        ResumeProcess.Recipe(await FindAsync(cancellationToken).ConfigureAwait(false), Name);

    protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        new ProcessTree(ResumeProcess.Root(recipe)).Freeze();
        return ValueTask.CompletedTask;
    }

    // Thawing is not all: a failover may have fenced the frozen process meanwhile, and it has to be brought back.
    protected internal override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        new ProcessTree(ResumeProcess.Root(recipe)).Resume();
        await _component.RestoreAsync(cancellationToken).ConfigureAwait(false);
    }
}
