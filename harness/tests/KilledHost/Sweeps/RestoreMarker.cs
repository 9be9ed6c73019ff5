using ChaosHarness.Safety;

namespace ChaosHarness.KilledHosts.Sweeps;

/// <summary>Undoes a <see cref="MarkerFault"/>, in whichever process.</summary>
public sealed class RestoreMarker : IRecipeReverter
{
    /// <summary>How the file of one that is in force ends.</summary>
    public const string Broken = ".broken";

    /// <summary>How it ends once it is undone.</summary>
    public const string Undone = ".undone";

    private const string RecipeKind = "test.marker";

    public string Kind => RecipeKind;

    internal static RevertRecipe Recipe(string folder, string name) => new(RecipeKind, new Dictionary<string, string> { ["folder"] = folder, ["name"] = name }, $"Remove {name}{Broken} from {folder}.");

    public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        foreach (var path in Directory.EnumerateFiles(recipe.Parameters["folder"], recipe.Parameters["name"] + ".*" + Broken))
        {
            File.Move(path, path[..^Broken.Length] + Undone);
        }

        return ValueTask.CompletedTask;
    }
}
