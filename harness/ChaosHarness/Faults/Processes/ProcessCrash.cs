using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Processes;

internal sealed class ProcessCrash(IProcessComponent component) : ProcessFault(component)
{
    public override string Description => $"crash {Name}";

    protected internal override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var process = await FindAsync(cancellationToken).ConfigureAwait(false);
        await new ProcessTree(process).KillAsync(cancellationToken).ConfigureAwait(false);
    }
}
