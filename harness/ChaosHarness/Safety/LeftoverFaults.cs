using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;

namespace ChaosHarness.Safety;

/// <summary>Undoes what killed runs left behind, from their fault journals.</summary>
public static class LeftoverFaults
{
    private static readonly IRecipeReverter[] BuiltIn = [new ResumeProcess(), new RunCommand(), new HttpRequests()];

    /// <summary>Looks through the journals of runs whose process is gone, and undoes their faults, newest first.</summary>
    /// <param name="folder">Where fault journals are kept; may be missing.</param>
    /// <param name="reverters">Further kinds of recipes that can be undone.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="cancellationToken">Ends the work; what was not undone stays in its journal.</param>
    /// <returns>Every fault that was found, with the problem if it could not be undone: it then stays in its journal.</returns>
    public static async Task<IReadOnlyList<LeftoverFault>> RevertAsync(
        string folder,
        IReadOnlyList<IRecipeReverter> reverters,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reverters);
        var found = new List<LeftoverFault>();
        if (!Directory.Exists(folder))
        {
            return found;
        }

        // Run ids sort by time: what broke last is undone first, across runs as within one.
        foreach (var path in Directory.EnumerateFiles(folder, "*" + FaultJournal.Suffix).OrderDescending(StringComparer.Ordinal).ToList())
        {
            using var journal = FaultJournal.TakeOver(path, time, out var openFaults);
            foreach (var line in openFaults.Reverse())
            {
                var problem = await TryRevertAsync(line.Recipe!, [.. reverters, .. BuiltIn], cancellationToken).ConfigureAwait(false);
                if (problem is null)
                {
                    journal!.Reverted(line.Id);
                }

                found.Add(new LeftoverFault(line.Fault ?? line.Id, path, problem));
            }
        }

        return found;
    }

    private static async Task<string?> TryRevertAsync(RevertRecipe recipe, IReadOnlyList<IRecipeReverter> reverters, CancellationToken cancellationToken)
    {
        // What a run started itself ended with it.
        if (recipe.Kind == RevertRecipe.OwnedByRun)
        {
            return null;
        }

        var reverter = reverters.FirstOrDefault(candidate => candidate.Kind == recipe.Kind);
        if (reverter is null)
        {
            return recipe.Instructions;
        }

        try
        {
            await reverter.RevertAsync(recipe, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return $"{exception.Message} {recipe.Instructions}";
        }
    }
}
