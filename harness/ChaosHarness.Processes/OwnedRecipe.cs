using ChaosHarness.Safety;

namespace ChaosHarness.Processes;

/// <summary>The recipe for faults on the sample system: after a kill nothing is left to revert, as the system ends with its owner.</summary>
internal static class OwnedRecipe
{
    public static RevertRecipe For(string target) => new(
        RevertRecipe.OwnedByRun,
        new Dictionary<string, string> { ["target"] = target },
        $"{target} belonged to the run and ended with it.");
}
