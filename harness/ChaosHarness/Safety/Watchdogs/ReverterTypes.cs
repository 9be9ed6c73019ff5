using System.Runtime.Loader;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>Makes what undoes faults, from the names of its types.</summary>
internal static class ReverterTypes
{
    /// <param name="order">What names them.</param>
    /// <param name="problem">Which of them could not be made, and why; null when all were.</param>
    public static IReadOnlyList<IRecipeReverter> Make(WatchOrder order, out string? problem)
    {
        var made = new List<IRecipeReverter>();
        var problems = new List<string>();
        foreach (var name in order.Reverters)
        {
            try
            {
                var type = Type.GetType(name, assembly => Find(assembly, order.Assemblies), typeResolver: null, throwOnError: true)!;
                made.Add((IRecipeReverter)Activator.CreateInstance(type, nonPublic: true)!);
            }
            catch (Exception exception)
            {
                // It is code of others.
                problems.Add($"{name.Split(',')[0]} ({(exception.InnerException ?? exception).Message.TrimEnd('.')})");
            }
        }

        problem = problems.Count == 0 ? null : $"it cannot make {string.Join(", ", problems)}";
        return made;
    }

    private static System.Reflection.Assembly? Find(System.Reflection.AssemblyName name, IReadOnlyList<string> files)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(name);
        }
        catch (FileNotFoundException)
        {
            return files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name.Name) is { } path ? AssemblyLoadContext.Default.LoadFromAssemblyPath(path) : null;
        }
    }
}
