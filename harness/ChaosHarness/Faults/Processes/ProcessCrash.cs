using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Processes;

internal sealed class ProcessCrash(IProcessComponent component) : ProcessFault(component)
{
    public override string Description => $"crash {Target}";

    protected internal override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await TreeOf(recipe).KillAsync(cancellationToken).ConfigureAwait(false);
}
