using System.Runtime.Loader;
using ChaosHarness.Calls;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>Makes what undoes faults, from the names of its types.</summary>
internal static class ReverterTypes
{
    // It is code of others: one that hangs is given up, and the rest are there.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Makes them side by side.</summary>
    /// <param name="order">What names them.</param>
    /// <returns>Those that could be made, and which could not, with the reason; null when all could.</returns>
    public static async Task<(IReadOnlyList<MadeReverter> Made, string? Problem)> MakeAsync(WatchOrder order)
    {
        var calls = new ForeignCalls(TimeProvider.System);
        var made = new List<MadeReverter>();
        var problems = new List<string>();
        var answers = await Task.WhenAll(order.Reverters.Select(name => calls.RunAsync(new Callee(name.Split(',')[0], "make"), _ => ValueTask.FromResult(Make(name, order.Assemblies)), Limit, CancellationToken.None))).ConfigureAwait(false);
        foreach (var (name, answer) in order.Reverters.Zip(answers))
        {
            if (answer.Value is { } reverter)
            {
                made.Add(reverter);
            }
            else
            {
                problems.Add($"{name.Split(',')[0]} ({answer.Problem?.TrimEnd('.')})");
            }
        }

        return (made, problems.Count == 0 ? null : $"it cannot make {string.Join(", ", problems)}");
    }

    private static MadeReverter Make(string name, IReadOnlyList<string> assemblies)
    {
        var type = Type.GetType(name, assembly => Find(assembly, assemblies), typeResolver: null, throwOnError: true)!;
        var reverter = (IRecipeReverter)Activator.CreateInstance(type, nonPublic: true)!;
        return new MadeReverter(reverter.Kind, reverter);
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
