using ChaosHarness.Faults.Hosts;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults;

/// <summary>The kinds of recipes that the harness can undo itself, after a run was killed.</summary>
public static class RecipeReverters
{
    /// <summary>Frozen processes, processes that were ended, commands, also on hosts by ssh, HTTP requests.</summary>
    public static IReadOnlyList<IRecipeReverter> BuiltIn { get; } = [new ResumeProcess(), new RestartProcess(), new RunCommand(), new HttpRequests(), new LocalHostReverter(), new SshHostReverter()];
}
