using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Engines;

/// <summary>How a container is found, each time anew.</summary>
internal abstract class ContainerSearch
{
    /// <summary>What is looked for, such as <c>container 'shop-db-1'</c>.</summary>
    public abstract string Shown { get; }

    /// <summary>The container as it is now; null when there is none.</summary>
    /// <exception cref="EngineException">The engine could not be asked, or there are several; says what to do.</exception>
    public abstract Task<FoundContainer?> FindAsync(ContainerEngine engine, CancellationToken cancellationToken);

    /// <summary>Whether an event is of it.</summary>
    public abstract bool IsOf(Message message);
}
