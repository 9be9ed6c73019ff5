using System.Globalization;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Processes;

/// <summary>Thaws the processes that a killed run left frozen: each of them, as their parent may have been killed while it was frozen.</summary>
internal sealed class ResumeProcess : IRecipeReverter
{
    public const string RecipeKind = "process.resume";
    private const string RootParameter = "root";

    public string Kind => RecipeKind;

    public static RevertRecipe Recipe(ProcessIdentity root, IReadOnlyList<ProcessIdentity> members, string name)
    {
        var parameters = new Dictionary<string, string> { [RootParameter] = root.ToString() };
        foreach (var (index, member) in members.Index())
        {
            parameters[Member(index)] = member.ToString();
        }

        var numbers = string.Join(' ', members.Select(member => member.Id).Prepend(root.Id).Distinct().Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return new RevertRecipe(RecipeKind, parameters, $"Let {name} run again: kill -CONT {numbers}");
    }

    /// <summary>All that were to be frozen, the root first.</summary>
    public static IReadOnlyList<ProcessIdentity> Members(RevertRecipe recipe)
    {
        var members = new List<ProcessIdentity> { ProcessIdentity.Parse(recipe.Parameters.GetValueOrDefault(RootParameter, "")) };
        for (var index = 0; recipe.Parameters.TryGetValue(Member(index), out var member); index++)
        {
            members.Add(ProcessIdentity.Parse(member));
        }

        return [.. members.Distinct()];
    }

    public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ProcessTree.Resume(Members(recipe));
        return ValueTask.CompletedTask;
    }

    private static string Member(int index) => string.Create(CultureInfo.InvariantCulture, $"member{index:000}");
}
