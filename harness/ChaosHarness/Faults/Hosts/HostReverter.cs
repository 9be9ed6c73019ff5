using ChaosHarness.Hosts;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Hosts;

/// <summary>
/// Undoes faults on hosts of one kind, after the run that injected them was killed. Who adds a kind of host derives from it, with a constructor
/// without parameters, and names it in <c>RunnerOptions.Reverters</c>.
/// </summary>
/// <param name="hostKind">The kind of their <see cref="HostAddress"/>.</param>
public abstract class HostReverter(string hostKind) : IRecipeReverter
{
    /// <inheritdoc/>
    public string Kind => HostRecipe.KindOf(hostKind);

    /// <inheritdoc/>
    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var host = Make(HostRecipe.AddressOf(recipe, hostKind));
        try
        {
            await HostRecipe.UndoAsync(host, recipe, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (host is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes a host again; it is disposed of afterwards, where it can be.</summary>
    /// <param name="address">Its address, as it was when the fault was planned.</param>
    /// <returns>The host.</returns>
    protected abstract IHost Make(HostAddress address);
}
