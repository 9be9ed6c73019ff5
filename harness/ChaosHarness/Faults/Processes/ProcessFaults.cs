namespace ChaosHarness.Faults.Processes;

/// <summary>What can be done to a component that is a process.</summary>
public static class ProcessFaults
{
    /// <summary>Kills it and all its children at once, as a power cut would (SIGKILL). Reverted by bringing it back.</summary>
    /// <param name="component">The component.</param>
    /// <returns>The fault.</returns>
    public static Fault Crash(this IProcessComponent component) => new ProcessCrash(component);

    /// <summary>Asks it to end (SIGTERM) and kills it if it has not after ten seconds, and what is left of its children, as a service manager would. Reverted by bringing it back.</summary>
    /// <param name="component">The component.</param>
    /// <returns>The fault; impossible on Windows.</returns>
    public static Fault Stop(this IProcessComponent component) => new ProcessStop(component);

    /// <summary>Freezes it and all its children (SIGSTOP): connections stay open and nothing answers. Reverted by thawing it (SIGCONT).</summary>
    /// <param name="component">The component.</param>
    /// <returns>The fault; impossible on Windows.</returns>
    public static Fault Freeze(this IProcessComponent component) => new ProcessFreeze(component);
}
