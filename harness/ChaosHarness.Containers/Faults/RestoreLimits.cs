using ChaosHarness.Containers.Engines;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

/// <summary>Gives a container the limits again that it had before a run changed them.</summary>
public sealed class RestoreLimits : IRecipeReverter
{
    /// <summary>The kind of its recipes.</summary>
    public const string RecipeKind = "container.update";

    /// <inheritdoc/>
    public string Kind => RecipeKind;

    /// <inheritdoc/>
    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        using var engine = new ContainerEngine(HeldContainer.Of(recipe).Engine);
        await RestoreAsync(engine, recipe, cancellationToken).ConfigureAwait(false);
    }

    internal static RevertRecipe Recipe(HeldContainer held, ResourceLimits before) => held.Recipe(
        RecipeKind,
        FormattableString.Invariant($"Give container {held.Name} the limits that it had (0 is none; --cpu-quota=-1 and a memory as large as the machine's are none too): docker update with nano CPUs {before.NanoCpus}, quota {before.CpuQuota} of period {before.CpuPeriod}, memory {before.Memory}, with swap {before.MemorySwap}, {held.ShortId}"),
        before.Parameters);

    internal static async Task RestoreAsync(ContainerEngine engine, RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var held = HeldContainer.Of(recipe);
        var before = ResourceLimits.Of(recipe);
        if (await Undoing.FindAsync(engine, held, container => ResourceLimits.Of(container) != before, cancellationToken).ConfigureAwait(false) is { } found && ResourceLimits.Of(found) != before)
        {
            var machine = await engine.AskAsync("asking how much memory the machine has", (client, token) => client.System.GetSystemInfoAsync(token), cancellationToken).ConfigureAwait(false);
            await engine.DoAsync($"giving container {held.Name} its limits again", (client, token) => client.Containers.UpdateContainerAsync(held.Id, before.Update(ResourceLimits.Of(found), machine.MemTotal), token), cancellationToken).ConfigureAwait(false);
        }
    }
}
