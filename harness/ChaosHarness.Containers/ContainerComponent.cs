using ChaosHarness.Containers.Engines;
using ChaosHarness.Containers.Signals;
using ChaosHarness.Systems;

namespace ChaosHarness.Containers;

/// <summary>A component that is a container. It is found by its name or id whenever something is done to it, so that it may be replaced between two experiments.</summary>
public sealed class ContainerComponent : IComponent
{
    private readonly Func<string> _reference;

    internal ContainerComponent(ContainerEngine engine, Func<string> reference, Component component) => (Engine, _reference, Component) = (engine, reference, component);

    /// <inheritdoc/>
    public Component Component { get; }

    /// <summary>The engine that it runs on.</summary>
    public ContainerEngine Engine { get; }

    /// <summary>What it writes on its output, from one start to the next. Lines are cut at 16 KiB.</summary>
    public ILogSource Log => new ContainerLog(this);

    /// <summary>The name or id that it is found by.</summary>
    internal string Reference => _reference();
}
