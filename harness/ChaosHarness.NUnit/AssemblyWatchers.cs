using System.Collections.Concurrent;
using System.Reflection;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit;

/// <summary>Who is shown the runs of an assembly, as it names them.</summary>
/// <param name="factories">What makes them.</param>
internal sealed class AssemblyWatchers(IReadOnlyList<IRunWatcherFactory> factories)
{
    private static readonly ConcurrentDictionary<Assembly, Lazy<AssemblyWatchers>> Made = new();
    private readonly Lock _lock = new();
    private IReadOnlyList<IRunWatcher>? _watchers;

    /// <summary>Those of no assembly.</summary>
    public static AssemblyWatchers None { get; } = new([]);

    /// <summary>The parameters that a profile may have because of them.</summary>
    public IReadOnlyList<string> Parameters { get; } = [.. factories.SelectMany(factory => factory.Parameters).Distinct(StringComparer.Ordinal)];

    /// <exception cref="InvalidOperationException">The assembly names a type that is none, or that cannot be made.</exception>
    public static AssemblyWatchers Of(Assembly assembly) => Made.GetOrAdd(assembly, static key => new Lazy<AssemblyWatchers>(() => new AssemblyWatchers([.. key.GetCustomAttributes<WatchedByAttribute>().Select(attribute => Make(attribute.Factory))]))).Value;

    /// <summary>Makes them, the first time.</summary>
    /// <exception cref="FormatException">The value of one of their parameters is wrong.</exception>
    public IReadOnlyList<IRunWatcher> For(IReadOnlyDictionary<string, string> parameters, WatcherSettings settings)
    {
        lock (_lock)
        {
            return _watchers ??=
            [
                .. factories
                    .Select(factory => factory.Create(settings with { Parameters = factory.Parameters.Where(parameters.ContainsKey).ToDictionary(name => name, name => parameters[name].Trim(), StringComparer.Ordinal) }))
                    .OfType<IRunWatcher>(),
            ];
        }
    }

    private static IRunWatcherFactory Make(Type type)
    {
        try
        {
            return Activator.CreateInstance(type) as IRunWatcherFactory ?? throw new InvalidOperationException($"[WatchedBy] names {type}. Name a type that is an {nameof(IRunWatcherFactory)}.");
        }
        catch (Exception exception) when (exception is MemberAccessException or TargetInvocationException)
        {
            throw new InvalidOperationException($"[WatchedBy] names {type}, which cannot be made: {(exception.InnerException ?? exception).Message}", exception);
        }
    }
}
