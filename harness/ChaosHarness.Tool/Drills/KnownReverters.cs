using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Restores;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Containers.Hosts;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Drills;

/// <summary>What the command can undo that a run left, whichever adapter it was done with.</summary>
internal static class KnownReverters
{
    /// <summary>Beyond what every run can undo by itself.</summary>
    public static readonly IReadOnlyList<IRecipeReverter> Added = [new StopFisExperiment(), new StartContainer(), new UnpauseContainer(), new ReconnectContainer(), new RestoreLimits(), new ContainerHostReverter(), new DeleteRestoredDatabase()];

    /// <summary>All of it.</summary>
    public static readonly IReadOnlyList<IRecipeReverter> All = [.. RecipeReverters.BuiltIn, .. Added];
}
