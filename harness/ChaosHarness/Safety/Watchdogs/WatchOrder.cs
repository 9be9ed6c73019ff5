namespace ChaosHarness.Safety.Watchdogs;

/// <summary>What a watchdog is told of a run: where its faults are noted, and what undoes them.</summary>
/// <param name="Folder">The folder of fault journals.</param>
/// <param name="Reverters">The types that undo faults, by names that carry their assembly.</param>
/// <param name="Assemblies">The files of those assemblies.</param>
/// <param name="Limit">How long a fault may take to be undone.</param>
internal sealed record WatchOrder(string Folder, IReadOnlyList<string> Reverters, IReadOnlyList<string> Assemblies, TimeSpan Limit)
{
    public static WatchOrder Of(string folder, IEnumerable<IRecipeReverter> reverters, TimeSpan limit)
    {
        var types = reverters.Select(reverter => reverter.GetType()).Distinct().ToList();
        return new WatchOrder(
            Path.GetFullPath(folder),
            [.. types.Select(type => type.AssemblyQualifiedName!)],
            [.. types.Select(type => type.Assembly.Location).Where(path => path.Length > 0).Distinct()],
            limit);
    }
}
