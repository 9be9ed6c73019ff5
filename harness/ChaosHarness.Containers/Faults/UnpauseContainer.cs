using ChaosHarness.Containers.Engines;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

/// <summary>Lets a container go on that a run froze; where it was ended meanwhile, starts it.</summary>
public sealed class UnpauseContainer : IRecipeReverter
{
    /// <summary>The kind of its recipes.</summary>
    public const string RecipeKind = "container.unpause";

    /// <inheritdoc/>
    public string Kind => RecipeKind;

    /// <inheritdoc/>
    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var held = HeldContainer.Of(recipe);
        using var engine = new ContainerEngine(held.Engine);
        await UnpauseAsync(engine, held, cancellationToken).ConfigureAwait(false);
    }

    internal static RevertRecipe Recipe(HeldContainer held) => held.Recipe(RecipeKind, $"Let container {held.Name} go on: docker unpause {held.ShortId} (or docker start {held.ShortId}, if it has ended)");

    internal static async Task UnpauseAsync(ContainerEngine engine, HeldContainer held, CancellationToken cancellationToken)
    {
        if (await Undoing.FindAsync(engine, held, container => container.State.Paused, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            // What is gone is frozen no more.
            return;
        }

        if (found.State.Paused)
        {
            await GoOnAsync(engine, held, cancellationToken).ConfigureAwait(false);
        }
        else if (!found.State.Running)
        {
            await StartContainer.StartAsync(engine, held, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task GoOnAsync(ContainerEngine engine, HeldContainer held, CancellationToken cancellationToken)
    {
        try
        {
            await engine.DoAsync($"unpausing container {held.Name}", (client, token) => client.Containers.UnpauseContainerAsync(held.Id, token), cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            // Unless somebody else was quicker.
            if (await IsPausedAsync(engine, held, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    private static async Task<bool> IsPausedAsync(ContainerEngine engine, HeldContainer held, CancellationToken cancellationToken) =>
        await held.FindAsync(engine, cancellationToken).ConfigureAwait(false) is { State.Paused: true };
}
