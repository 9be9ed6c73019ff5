using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Processes;

/// <summary>What all faults on a process share: finding it, and bringing it back.</summary>
internal abstract class ProcessFault(IProcessComponent component) : SingleFault
{
    public override IReadOnlyList<string> Targets => [component.Component.Name];

    protected string Name => component.Component.Name;

    protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(component.RestartRecipe);

    protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        component.RestoreAsync(cancellationToken);

    protected async Task<ProcessIdentity> FindAsync(CancellationToken cancellationToken) =>
        await component.FindAsync(cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"{Name} does not run, so it cannot be made to fail.");

    protected static string? WithoutSignals(string what) =>
        UnixSignal.IsSupported ? null : $"{what} needs the signals of Linux or macOS.";
}
