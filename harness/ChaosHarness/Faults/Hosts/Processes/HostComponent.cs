using ChaosHarness.Hosts;
using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Hosts.Processes;

/// <summary>
/// A component that runs as a process of a Linux host, with whatever children it has. Its methods are faults; each is undone by starting it, unless it
/// runs, and waiting until it is ready.
/// </summary>
public sealed record HostComponent : IComponent
{
    internal HostComponent(IHost host, Component component, HostFinder finder, IReadOnlyList<string> start) => (Host, Component, Finder, StartCommand) = (host, component, finder, start);

    /// <inheritdoc/>
    public Component Component { get; init; }

    /// <summary>Where it runs.</summary>
    public IHost Host { get; }

    /// <summary>A program on the host, with its arguments, that ends with 0 once the component is ready; asked every second after it was started.</summary>
    /// <value>Default: null, it is ready when what starts it has ended.</value>
    public IReadOnlyList<string>? ReadyWhen { get; init; }

    /// <summary>How long it may take to be ready; the longest that makes sense is a little less than <c>CallLimits.Revert</c>.</summary>
    /// <value>Default: 20 seconds.</value>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(20);

    internal HostFinder Finder { get; }

    internal IReadOnlyList<string> StartCommand { get; }

    /// <summary>Kills it and all its children at once, as a power cut would (SIGKILL).</summary>
    /// <returns>The fault.</returns>
    public HostFault Crash() => new(Host, new CrashAct(this));

    /// <summary>Asks it to end, as its service manager does, or by SIGTERM and after ten seconds SIGKILL.</summary>
    /// <returns>The fault.</returns>
    public HostFault Stop() => new(Host, new StopAct(this));

    /// <summary>Stops and starts it, and waits until it is ready.</summary>
    /// <returns>The fault.</returns>
    public HostFault Restart() => new(Host, new RestartAct(this));

    /// <summary>Freezes it and all its children (SIGSTOP): connections stay open and nothing answers.</summary>
    /// <returns>The fault.</returns>
    public HostFault Freeze() => new(Host, new FreezeAct(this));

    /// <summary>Finds the process that leads it.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Its number and when it started, as <c>4711:123456</c>.</returns>
    internal ValueTask<string> FindAsync(CancellationToken cancellationToken) => Host.RequireAsync(HostCommand.Script(ProcessScripts.Find, Finder.How, Finder.What), $"finding {Component.Name}", cancellationToken);
}
