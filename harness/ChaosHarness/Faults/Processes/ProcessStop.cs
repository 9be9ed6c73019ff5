using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Processes;

internal sealed class ProcessStop(IProcessComponent component) : ProcessFault(component)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public override string Description => $"stop {Target}";

    public override string? Impossible => WithoutSignals("Stopping a process gently");

    protected internal override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await TreeOf(recipe).TerminateAsync(Grace, TimeProvider.System, cancellationToken).ConfigureAwait(false);
}
