using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Recovery.Volumes;

/// <summary>The power cut of a <see cref="ForgetfulVolume"/> and of what runs on it: whoever acknowledged what was not flushed has lost it.</summary>
/// <param name="volume">The volume.</param>
/// <param name="target">The component that runs on it.</param>
/// <param name="restart">Starts that again; called when the volume is back, and again after a failure.</param>
public sealed class PowerCut(ForgetfulVolume volume, string target, Func<CancellationToken, ValueTask> restart) : Fault
{
    /// <inheritdoc/>
    public override string Description => $"cut the power of {target}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [target];

    /// <inheritdoc/>
    protected override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(Directory.Exists(volume.Path) ? Preflight.Ready : Preflight.NotReady($"{volume.Path} is gone: make the volume, and keep it until the experiment is over"));

    /// <inheritdoc/>
    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new RevertRecipe(
        RevertRecipe.OwnedByRun,
        new Dictionary<string, string> { ["target"] = target },
        $"The volume of {target} goes away with the run that made it."));

    /// <inheritdoc/>
    protected override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => volume.CutAsync(cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => restart(cancellationToken);
}
