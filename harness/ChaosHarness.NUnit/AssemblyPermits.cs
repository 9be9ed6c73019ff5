using System.Collections.Concurrent;
using System.Reflection;
using ChaosHarness.Safety;

namespace ChaosHarness.NUnit;

/// <summary>Who may refuse the runs of an assembly, as it names them. One that cannot be made keeps every test from running: it might have refused.</summary>
/// <param name="permits">Those that read no parameters.</param>
/// <param name="factories">Those that do.</param>
internal sealed class AssemblyPermits(IReadOnlyList<IRunPermit> permits, IReadOnlyList<IRunPermitFactory> factories)
{
    private static readonly ConcurrentDictionary<Assembly, Lazy<AssemblyPermits>> Made = new();

    /// <summary>Those of no assembly.</summary>
    public static AssemblyPermits None { get; } = new([], []);

    /// <summary>The parameters that a profile may have because of them.</summary>
    public IReadOnlyList<string> Parameters { get; } = [.. factories.SelectMany(factory => factory.Parameters).Distinct(StringComparer.Ordinal)];

    /// <exception cref="InvalidOperationException">The assembly names a type that is none, or that cannot be made.</exception>
    public static AssemblyPermits Of(Assembly assembly) => Made.GetOrAdd(assembly, static key => new Lazy<AssemblyPermits>(() => Of(key.GetCustomAttributes<PermittedByAttribute>().Select(attribute => attribute.Type)))).Value;

    /// <exception cref="InvalidOperationException">One of the types is none, or cannot be made.</exception>
    public static AssemblyPermits Of(IEnumerable<Type> types)
    {
        var made = types.Select(Make).ToList();
        return new AssemblyPermits([.. made.OfType<IRunPermit>()], [.. made.OfType<IRunPermitFactory>()]);
    }

    /// <summary>Makes them for a profile.</summary>
    /// <exception cref="FormatException">The value of one of their parameters is wrong.</exception>
    public IReadOnlyList<IRunPermit> For(IReadOnlyDictionary<string, string> parameters, string baseFolder) =>
    [
        .. permits,
        .. factories
            .Select(factory => factory.Create(factory.Parameters.Where(parameters.ContainsKey).ToDictionary(name => name, name => parameters[name].Trim(), StringComparer.Ordinal), baseFolder))
            .OfType<IRunPermit>(),
    ];

    private static object Make(Type type)
    {
        try
        {
            return Activator.CreateInstance(type) is { } made and (IRunPermit or IRunPermitFactory)
                ? made
                : throw new InvalidOperationException($"[PermittedBy] names {type}. Name a type that is an {nameof(IRunPermit)} or an {nameof(IRunPermitFactory)}.");
        }
        catch (Exception exception) when (exception is MemberAccessException or TargetInvocationException)
        {
            throw new InvalidOperationException($"[PermittedBy] names {type}, which cannot be made: {(exception.InnerException ?? exception).Message}", exception);
        }
    }
}
