using ChaosHarness.Containers.Engines;
using ChaosHarness.Safety;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Faults;

/// <summary>Connects a container again to the networks that a run cut it off from, with the same aliases, and the same addresses where the engine allows that.</summary>
public sealed class ReconnectContainer : IRecipeReverter
{
    /// <summary>The kind of its recipes.</summary>
    public const string RecipeKind = "container.connect";

    /// <inheritdoc/>
    public string Kind => RecipeKind;

    /// <inheritdoc/>
    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        using var engine = new ContainerEngine(HeldContainer.Of(recipe).Engine);
        await ReconnectAsync(engine, recipe, cancellationToken).ConfigureAwait(false);
    }

    internal static RevertRecipe Recipe(HeldContainer held, IReadOnlyList<CutNetwork> cuts) => held.Recipe(
        RecipeKind,
        $"Connect container {held.Name} again: {string.Join("; ", cuts.Select(cut => $"docker network connect{string.Concat(cut.Aliases.Select(alias => $" --alias {alias}"))} {cut.Name} {held.ShortId}"))}",
        CutNetwork.Parameters(cuts));

    internal static async Task ReconnectAsync(ContainerEngine engine, RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var held = HeldContainer.Of(recipe);
        var cuts = CutNetwork.Of(recipe);
        if (await Undoing.FindAsync(engine, held, container => Missing(container, cuts).Count > 0, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return;
        }

        foreach (var cut in Missing(found, cuts))
        {
            await ConnectAsync(engine, held, cut, cancellationToken).ConfigureAwait(false);
        }
    }

    private static List<CutNetwork> Missing(FoundContainer container, IReadOnlyList<CutNetwork> cuts)
    {
        var connected = CutNetwork.Of(container).Select(known => known.Id).ToHashSet(StringComparer.Ordinal);
        return [.. cuts.Where(cut => !connected.Contains(cut.Id))];
    }

    private static async Task ConnectAsync(ContainerEngine engine, HeldContainer held, CutNetwork cut, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(engine, held, cut, cut.Address, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (cut.Address.Length > 0 && exception.InnerException is DockerApiException)
        {
            // Only in networks with a subnet that a person chose may an address be asked for, and only while nobody else has it.
            await ConnectAsync(engine, held, cut, "", cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task ConnectAsync(ContainerEngine engine, HeldContainer held, CutNetwork cut, string address, CancellationToken cancellationToken)
    {
        var settings = new EndpointSettings { Aliases = [.. cut.Aliases], IPAMConfig = address.Length > 0 ? new EndpointIPAMConfig { IPv4Address = address } : null };
        return engine.DoAsync(
            $"connecting container {held.Name} to {cut.Name} again",
            (client, token) => client.Networks.ConnectNetworkAsync(cut.Id, new() { Container = held.Id, EndpointConfig = settings }, token),
            cancellationToken);
    }
}
