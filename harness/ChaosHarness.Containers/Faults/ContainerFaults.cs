using ChaosHarness.Faults;

namespace ChaosHarness.Containers.Faults;

/// <summary>What can be done to a component that is a container, by the API of its engine.</summary>
public static class ContainerFaults
{
    /// <summary>
    /// Kills it at once (SIGKILL). Reverted by starting it, and waiting until its health check holds, where it has one. An engine takes this for a
    /// person's wish: a restart policy does not start it again, something that looks after it still may.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <returns>The fault.</returns>
    public static Fault Crash(this ContainerComponent container) => new ContainerCrash(Given(container));

    /// <summary>Asks it to end by its own stop signal, and kills it if it has not after ten seconds. Reverted by starting it, and waiting until its health check holds.</summary>
    /// <param name="container">The container.</param>
    /// <returns>The fault.</returns>
    public static Fault Stop(this ContainerComponent container) => new ContainerStop(Given(container));

    /// <summary>Freezes all its processes: connections stay open and nothing answers. Reverted by letting it go on; where it was ended meanwhile, as by fencing, by starting it.</summary>
    /// <param name="container">The container.</param>
    /// <returns>The fault.</returns>
    public static Fault Freeze(this ContainerComponent container) => new ContainerFreeze(Given(container));

    /// <summary>Stops it and starts it again, as an update of its machine does. Takes effect when it runs again; reverted by waiting until its health check holds.</summary>
    /// <param name="container">The container.</param>
    /// <returns>The fault.</returns>
    public static Fault Restart(this ContainerComponent container) => new ContainerRestart(Given(container));

    /// <summary>Cuts it off from a network, or from all: nobody finds it there any more, and its published ports refuse. Reverted by connecting it again with the same aliases, and the same address where the engine allows that.</summary>
    /// <param name="container">The container.</param>
    /// <param name="network">The name of the network; null for all that it is connected to.</param>
    /// <returns>The fault.</returns>
    public static Fault CutOff(this ContainerComponent container, string? network = null) => new ContainerCut(Given(container), network);

    /// <summary>Limits what it may use. Reverted to what it might before; where there was no limit, to all that the machine has.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cpus">Of how many processors' time, such as 0.1; null leaves that as it is.</param>
    /// <param name="memory">How much memory, such as <c>64MiB</c>, at least 6 MiB, swap included; null leaves that as it is.</param>
    /// <returns>The fault.</returns>
    public static Fault Limit(this ContainerComponent container, double? cpus = null, string? memory = null) => new ContainerLimit(Given(container), cpus, memory);

    private static ContainerComponent Given(ContainerComponent container) => container ?? throw new ArgumentNullException(nameof(container));
}
