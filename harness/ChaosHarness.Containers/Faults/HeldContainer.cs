using ChaosHarness.Containers.Engines;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

/// <summary>The very container that a fault is planned for, in its recipe: another of its name is never touched.</summary>
/// <param name="Engine">Where its engine is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that it had.</param>
/// <param name="IsOwned">Whether its engine ends with the run.</param>
internal sealed record HeldContainer(Uri Engine, string Id, string Name, bool IsOwned = false)
{
    private const string EngineParameter = "engine";
    private const string IdParameter = "container";
    private const string NameParameter = "name";

    public string ShortId => Id.Length > 12 ? Id[..12] : Id;

    public static HeldContainer Of(RevertRecipe recipe) => new(new Uri(recipe.Parameters[EngineParameter]), recipe.Parameters[IdParameter], recipe.Parameters[NameParameter]);

    public static HeldContainer Of(ContainerEngine engine, FoundContainer container) => new(engine.Endpoint, container.Id, container.Name, engine.IsOwnedByRun);

    public RevertRecipe Recipe(string kind, string instructions, params IEnumerable<KeyValuePair<string, string>> more) => new(
        IsOwned ? RevertRecipe.OwnedByRun : kind,
        new Dictionary<string, string>([new(EngineParameter, Engine.OriginalString), new(IdParameter, Id), new(NameParameter, Name), .. more]),
        instructions);

    /// <summary>It as it is now; null when it was removed.</summary>
    public Task<FoundContainer?> FindAsync(ContainerEngine engine, CancellationToken cancellationToken) => engine.FindAsync(Id, cancellationToken);

    /// <summary>The container that has its name now, where that is another; null for none.</summary>
    public async Task<FoundContainer?> SuccessorAsync(ContainerEngine engine, CancellationToken cancellationToken) =>
        await engine.FindAsync(Name, cancellationToken).ConfigureAwait(false) is { } other && other.Id != Id ? other : null;
}
