using ChaosHarness.Safety;

namespace ChaosHarness.Aspire.Faults;

/// <summary>The recipe of faults on what ends with the application, which ends with the run.</summary>
internal static class OwnedRecipe
{
    public static RevertRecipe Of(string name) => new(RevertRecipe.OwnedByRun, new Dictionary<string, string>(), $"Nothing has to be undone: {name} belongs to an Aspire application that ended with the run.");
}
