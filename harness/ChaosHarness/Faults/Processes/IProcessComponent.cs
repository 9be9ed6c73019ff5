using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Processes;

/// <summary>A component that runs as a process of this machine, with whatever children it has.</summary>
public interface IProcessComponent : IComponent
{
    /// <summary>What brings it back after this process is gone, as plain data.</summary>
    RevertRecipe RestartRecipe { get; }

    /// <summary>Finds the process that leads it.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The process, or null when it does not run.</returns>
    ValueTask<ProcessIdentity?> FindAsync(CancellationToken cancellationToken);

    /// <summary>Brings it back to work: starts it unless it runs, and waits until it is ready.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is ready.</returns>
    ValueTask RestoreAsync(CancellationToken cancellationToken);

    /// <summary>Looks whether it runs, and whether it could be brought back.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What is missing, and what to do about it; null when nothing is.</returns>
    async ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken).ConfigureAwait(false) is null ? $"{Component.Name} does not run, so it cannot be made to fail; start it first" : null;
}
