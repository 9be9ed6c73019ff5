using System.Globalization;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Processes;

/// <summary>What all faults on a process share: finding it, and bringing it back.</summary>
internal abstract class ProcessFault(IProcessComponent component) : Fault
{
    public override IReadOnlyList<string> Targets => [component.Component.Name];

    protected string Target => component.Component.Name;

    protected IProcessComponent Process => component;

    protected internal override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) =>
        (await component.WhyNotReadyAsync(cancellationToken).ConfigureAwait(false) ?? await WhyNotMineAsync(cancellationToken).ConfigureAwait(false)) is { } obstacle ? Preflight.NotReady(obstacle) : Preflight.Ready;

    protected internal override async ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        Victim.In(component.RestartRecipe, await FindAsync(cancellationToken).ConfigureAwait(false));

    internal override string? HitOf(RevertRecipe recipe) => Victim.Of(recipe) is { } victim ? string.Create(CultureInfo.InvariantCulture, $"process {victim.Id}{(victim.Program is { } program ? $" ({program})" : "")}") : null;

    protected internal override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        // Where it still runs and cannot be found, starting it would make a second one.
        if (Victim.Of(recipe) is not { IsRunning: true } || await component.FindAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            await component.RestoreAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Only the user that a process is of, and root, can do anything to it.
    private async Task<string?> WhyNotMineAsync(CancellationToken cancellationToken) =>
        await component.FindAsync(cancellationToken).ConfigureAwait(false) is { } found && new ProcessTree(found).Members.FirstOrDefault(process => !UnixSignal.IsAllowed(process)) is { Id: > 0 } foreign
            ? string.Create(CultureInfo.InvariantCulture, $"process {foreign.Id} of {Target} is of another user, and {Environment.UserName} may send it no signal: run the tests as that user or as root, or break it by a fault that asks whoever may")
            : null;

    protected async Task<ProcessIdentity> FindAsync(CancellationToken cancellationToken) =>
        await component.FindAsync(cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"{Target} does not run, so it cannot be made to fail.");

    protected ProcessTree TreeOf(RevertRecipe recipe) => Victim.Of(recipe) is { IsRunning: true } victim
        ? new ProcessTree(victim)
        : throw new InvalidOperationException($"{Target} ended before it could be made to fail.");

    protected static string? WithoutSignals(string what) =>
        UnixSignal.IsSupported ? null : $"{what} needs the signals of Linux or macOS.";
}
