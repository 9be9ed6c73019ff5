using ChaosHarness.Faults;
using ChaosHarness.Systems;

namespace ChaosHarness.Sweeps;

/// <summary>A component as generic experiments see it: what can be done to it, whatever it runs on.</summary>
/// <param name="Component">What it is.</param>
public sealed record SweptComponent(Component Component) : IComponent
{
    /// <summary>Ends it at once, as a power cut would; undone by bringing it back.</summary>
    /// <value>Default: null, which cannot be done.</value>
    public Fault? Crash { get; init; }

    /// <summary>Asks it to end; undone by bringing it back until it is ready.</summary>
    /// <value>Default: null, which cannot be done.</value>
    public Fault? Stop { get; init; }

    /// <summary>Lets it hang; undone by letting it go on.</summary>
    /// <value>Default: null, which cannot be done.</value>
    public Fault? Freeze { get; init; }
}
