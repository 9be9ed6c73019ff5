using ChaosHarness.Containers.Engines;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

/// <summary>Starts a container that a run ended and could not start again; that very one, and no other of its name.</summary>
public sealed class StartContainer : IRecipeReverter
{
    /// <summary>The kind of its recipes.</summary>
    public const string RecipeKind = "container.start";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public string Kind => RecipeKind;

    /// <inheritdoc/>
    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var held = HeldContainer.Of(recipe);
        using var engine = new ContainerEngine(held.Engine);
        await StartAsync(engine, held, cancellationToken).ConfigureAwait(false);
    }

    internal static RevertRecipe Recipe(HeldContainer held) => held.Recipe(RecipeKind, $"Start container {held.Name} again: docker start {held.ShortId}");

    /// <summary>Starts it unless it runs, and waits until its health check holds.</summary>
    /// <exception cref="EngineException">It is gone and nothing is in its place, or the engine did not start it.</exception>
    internal static async Task StartAsync(ContainerEngine engine, HeldContainer held, CancellationToken cancellationToken)
    {
        if (await Undoing.FindAsync(engine, held, container => !container.State.Running, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            // Something that looks after the system put another in its place, and that one is not ours.
            _ = await held.SuccessorAsync(engine, cancellationToken).ConfigureAwait(false)
                ?? throw new EngineException($"container {held.Name} ({held.ShortId}) was removed, and there is none in its place: create it again, as with `docker compose up -d`");
            return;
        }

        if (!found.State.Running)
        {
            await engine.DoAsync($"starting container {held.Name}", (client, token) => client.Containers.StartContainerAsync(held.Id, new(), token), cancellationToken, TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        }

        while (await held.FindAsync(engine, cancellationToken).ConfigureAwait(false) is { } started && !started.IsReady)
        {
            if (!started.State.Running)
            {
                throw new EngineException($"container {held.Name} was started and ended with exit code {started.State.ExitCode}: see why, `docker logs {held.ShortId}`");
            }

            await Task.Delay(Glance, cancellationToken).ConfigureAwait(false);
        }
    }
}
