using System.Globalization;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Processes;

/// <summary>Thaws a process tree that a killed run left frozen.</summary>
internal sealed class ResumeProcess : IRecipeReverter
{
    public const string RecipeKind = "process.resume";
    private const string RootParameter = "root";

    public string Kind => RecipeKind;

    public static RevertRecipe Recipe(ProcessIdentity root, string name) => new(
        RecipeKind,
        new Dictionary<string, string> { [RootParameter] = root.ToString() },
        string.Create(CultureInfo.InvariantCulture, $"Let {name} run again: kill -CONT {root.Id}, and its children."));

    public static ProcessIdentity Root(RevertRecipe recipe) => ProcessIdentity.Parse(recipe.Parameters.GetValueOrDefault(RootParameter, ""));

    public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        new ProcessTree(Root(recipe)).Resume();
        return ValueTask.CompletedTask;
    }
}
