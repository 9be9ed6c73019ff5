using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Processes;

internal sealed class ProcessStop(IProcessComponent component) : ProcessFault(component)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public override string Description => $"stop {Name}";

    public override string? Impossible => WithoutSignals("Stopping a process gently");

    protected internal override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var process = await FindAsync(cancellationToken).ConfigureAwait(false);
        await new ProcessTree(process).TerminateAsync(Grace, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }
}
