using ChaosHarness.Faults.Hosts;
using ChaosHarness.Hosts;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Restores;

/// <summary>A restore by commands on a host, to a place of it that a command of it throws away.</summary>
/// <param name="host">Where the copy goes.</param>
public abstract class HostRestore(IHost host) : Restore
{
    /// <summary>Where the copy goes.</summary>
    protected IHost Host { get; } = host ?? throw new ArgumentNullException(nameof(host));

    /// <summary>Says what throws the copy away: also one that is there in part, or not at all, and again. Written to disk, so never with a secret.</summary>
    /// <param name="cancellationToken">Ends the planning.</param>
    /// <returns>The command.</returns>
    protected abstract ValueTask<HostCommand> PlanDiscardAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected internal sealed override async ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        HostRecipe.Of(Host, await PlanDiscardAsync(cancellationToken).ConfigureAwait(false), byHand: null, deadMansSwitch: null);

    /// <inheritdoc/>
    protected internal sealed override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => HostRecipe.UndoAsync(Host, recipe, cancellationToken);

    /// <summary>Runs a command that has to succeed.</summary>
    /// <param name="command">What.</param>
    /// <param name="what">What it is for, such as <c>fetching the backup</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its output, without blanks around.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; with what it wrote last.</exception>
    /// <exception cref="HostException">The host does not answer, or the command took too long.</exception>
    protected ValueTask<string> RequireAsync(HostCommand command, string what, CancellationToken cancellationToken) => Host.RequireAsync(command, what, cancellationToken);
}
