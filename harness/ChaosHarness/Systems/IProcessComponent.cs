using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;

namespace ChaosHarness.Systems;

/// <summary>A component that runs as a process of this machine, with whatever children it has.</summary>
public interface IProcessComponent
{
    /// <summary>What it is.</summary>
    Component Component { get; }

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
}
