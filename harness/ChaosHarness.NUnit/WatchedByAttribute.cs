using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit;

/// <summary>
/// Names something that is shown the runs of the assembly while they go on, such as <c>[assembly: WatchedBy(typeof(GameDayBoard))]</c>.
/// </summary>
/// <param name="factory">A type with a constructor without parameters that implements <see cref="IRunWatcherFactory"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class WatchedByAttribute(Type factory) : Attribute
{
    /// <summary>The type.</summary>
    public Type Factory => factory;
}
