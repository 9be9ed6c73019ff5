using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Processes;

/// <summary>The very process that a fault is planned for, in its recipe: no other is touched, whoever leads the component by then.</summary>
internal static class Victim
{
    private const string Parameter = "victim";

    public static RevertRecipe In(RevertRecipe recipe, ProcessIdentity victim) =>
        recipe with { Parameters = new Dictionary<string, string>(recipe.Parameters) { [Parameter] = victim.ToString() } };

    public static ProcessIdentity? Of(RevertRecipe recipe) => recipe.Parameters.TryGetValue(Parameter, out var text) ? ProcessIdentity.Parse(text) : null;
}
