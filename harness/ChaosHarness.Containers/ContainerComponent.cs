using ChaosHarness.Containers.Engines;
using ChaosHarness.Containers.Signals;
using ChaosHarness.Systems;

namespace ChaosHarness.Containers;

/// <summary>A component that is a container. It is found by its name, its id or its service whenever something is done to it, so that it may be replaced between two experiments.</summary>
public sealed class ContainerComponent : IComponent
{
    internal ContainerComponent(ContainerEngine engine, Func<string> reference, Component component)
        : this(engine, new NamedContainer(reference), component)
    {
    }

    internal ContainerComponent(ContainerEngine engine, ContainerSearch search, Component component) => (Engine, Search, Component) = (engine, search, component);

    /// <inheritdoc/>
    public Component Component { get; }

    /// <summary>The engine that it runs on.</summary>
    public ContainerEngine Engine { get; }

    /// <summary>What it writes on its output, from one start to the next. Lines are cut at 16 KiB.</summary>
    public ILogSource Log => new ContainerLog(this);

    /// <summary>How it is found.</summary>
    internal ContainerSearch Search { get; }

    /// <summary>It as it is now; null when it is not there.</summary>
    /// <exception cref="EngineException">The engine could not be asked, or there are several; says what to do.</exception>
    internal Task<FoundContainer?> FindAsync(CancellationToken cancellationToken) => Search.FindAsync(Engine, cancellationToken);
}
