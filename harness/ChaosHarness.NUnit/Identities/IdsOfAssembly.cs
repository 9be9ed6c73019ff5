using System.Collections.Concurrent;
using System.Reflection;

namespace ChaosHarness.NUnit.Identities;

/// <summary>
/// Which tests of an assembly have which id, whatever is filtered: two tests of the same id would be one history without a word.
/// Found by reflection, since a filtered run builds only some of them.
/// </summary>
internal sealed class IdsOfAssembly
{
    private static readonly ConcurrentDictionary<Assembly, Lazy<IdsOfAssembly>> Read = new();
    private readonly ILookup<string, string> _tests;

    public IdsOfAssembly(IEnumerable<Type> types) => _tests = types
        .Where(type => type is { IsClass: true } and ({ IsAbstract: false } or { IsSealed: true }))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy)
            .Select(method => (Method: method, Experiment: method.GetCustomAttribute<ExperimentAttribute>(inherit: true)))
            .Where(test => test.Experiment is not null)
            .Select(test => (Id: test.Experiment!.Id ?? ExperimentIdentity.DefaultId(type, test.Method), Name: NameOf(type, test.Method))))
        .ToLookup(test => test.Id, test => test.Name, StringComparer.Ordinal);

    public static IdsOfAssembly Of(Assembly assembly) => Read.GetOrAdd(assembly, static key => new Lazy<IdsOfAssembly>(() => new IdsOfAssembly(TypesOf(key)))).Value;

    /// <summary>All ids there are.</summary>
    public IEnumerable<string> All => _tests.Select(tests => tests.Key);

    /// <summary>Why an id is not one test's alone; null when it is.</summary>
    public string? ProblemOf(string id) => _tests[id].Distinct(StringComparer.Ordinal).ToList() is { Count: > 1 } names
        ? $"The id '{id}' is that of {string.Join(" and ", names)}: their runs would be one history. Give each an Id of its own, such as [Experiment(Id = \"...\")]."
        : null;

    private static string NameOf(Type type, MethodInfo method) => $"{type.FullName}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})";

    // A type whose base is missing is no test that could run.
    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return [.. exception.Types.OfType<Type>()];
        }
    }
}
