namespace ChaosHarness.Faults;

/// <summary>
/// One failure. The order is fixed: the plan for its revert is written to the fault journal and flushed, only then it takes effect.
/// A fault keeps no state: what its revert needs is in the plan.
/// </summary>
public abstract class SingleFault : Fault
{
    /// <summary>The longest that it may stay; then it is reverted and the run is halted.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan MaximumDuration { get; init; } = TimeSpan.FromMinutes(10);

    internal override IEnumerable<SingleFault> Singles => [this];

    /// <summary>Looks whether it may be injected, where that takes asking somebody: an account, a control plane. Has no effect on the system.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Why not; null when it may. The experiment is then Inconclusive, and nothing is injected.</returns>
    protected internal virtual ValueTask<string?> WhyRefusedAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>Says how it will be undone. Has no effect on the system.</summary>
    /// <param name="cancellationToken">Ends the planning.</param>
    /// <returns>The recipe.</returns>
    protected internal abstract ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken);

    /// <summary>Makes it take effect, and returns when it has.</summary>
    /// <param name="recipe">What <see cref="PlanRevertAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the attempt; what has taken effect is reverted.</param>
    /// <returns>When it has taken effect.</returns>
    protected internal abstract ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken);

    /// <summary>Looks whether it did what it was to do, where that is known only afterwards. Asked before it is reverted.</summary>
    /// <param name="recipe">What <see cref="PlanRevertAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Why it failed; null when it did not. A run whose fault failed is Broken: it says nothing about the system.</returns>
    protected internal virtual ValueTask<string?> WhyFailedAsync(RevertRecipe recipe, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>Undoes it, also when it took effect only in part; called again after a failure.</summary>
    /// <param name="recipe">What <see cref="PlanRevertAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is undone.</returns>
    protected internal abstract ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken);

    internal override async Task<IReadOnlyList<ActiveFault>> InjectAsync(FaultInjection injection, CancellationToken cancellationToken) =>
        [await injection.InjectAsync(this, cancellationToken).ConfigureAwait(false)];
}
