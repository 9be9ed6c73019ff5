using ChaosHarness.Faults.Hosts.Networks;
using ChaosHarness.Faults.Hosts.Processes;
using ChaosHarness.Faults.Hosts.Resources;
using ChaosHarness.Hosts;
using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Hosts;

/// <summary>What can be done to and on a host.</summary>
public static class HostFaults
{
    /// <summary>
    /// A fault that one command makes take effect and another one undoes, each within 25 seconds and with exit code 0: without a shell, so that nothing
    /// in an argument means anything. It is leased: the host undoes it by itself soon after a run that died.
    /// </summary>
    /// <param name="host">Where.</param>
    /// <param name="description">What it does, such as <c>stop replication</c>.</param>
    /// <param name="target">The component that it hits.</param>
    /// <param name="inject">The program and its arguments.</param>
    /// <param name="revert">The program that undoes it, also when it took effect only in part, or not at all, and again; written to disk, so never with a secret. Null where the system replaces by itself what it lost.</param>
    /// <param name="look">A program that ends with 0 while the target is there to be hit; null when nobody looks.</param>
    /// <returns>The fault.</returns>
    public static HostFault Command(this IHost host, string description, string target, IReadOnlyList<string> inject, IReadOnlyList<string>? revert, IReadOnlyList<string>? look = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(inject);
        return new HostFault(host, new CommandAct(description, target, inject, revert, look));
    }

    /// <summary>A component that is a unit of systemd on a host, and is started and stopped by it.</summary>
    /// <param name="host">Where.</param>
    /// <param name="component">What it is.</param>
    /// <param name="unit">Such as <c>postgresql@15-main</c>.</param>
    /// <returns>The component.</returns>
    public static HostComponent Unit(this IHost host, Component component, string unit)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentException.ThrowIfNullOrWhiteSpace(unit);
        return new HostComponent(host, component, new HostFinder("unit", unit), ["systemctl", "start", unit]);
    }

    /// <summary>A component whose process number stands on the first line of a file of a host. A process that started after the file was written is not it.</summary>
    /// <param name="host">Where.</param>
    /// <param name="component">What it is.</param>
    /// <param name="path">The path of the file there.</param>
    /// <param name="start">The program that starts it, with its arguments; ends when it is started, and leaves nothing on its output.</param>
    /// <returns>The component.</returns>
    public static HostComponent PidFile(this IHost host, Component component, string path, params IReadOnlyList<string> start)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new HostComponent(host, component, new HostFinder("file", path), start);
    }

    /// <summary>A component that is the one process of its name on a host, beside its own children: where there are several, nothing is done to any.</summary>
    /// <param name="host">Where.</param>
    /// <param name="component">What it is.</param>
    /// <param name="name">As <c>ps -o comm</c> has it, such as <c>redis-server</c>; only its first 15 characters count.</param>
    /// <param name="start">The program that starts it, with its arguments; ends when it is started, and leaves nothing on its output.</param>
    /// <returns>The component.</returns>
    public static HostComponent ProcessNamed(this IHost host, Component component, string name, params IReadOnlyList<string> start)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new HostComponent(host, component, new HostFinder("name", name), start);
    }

    /// <summary>The network of a host, for faults on it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="component">The component that they hit, for the blast radius.</param>
    /// <returns>The network.</returns>
    public static HostNetwork Network(this IHost host, Component component)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new HostNetwork(host, component);
    }

    /// <summary>What a host has to share out, for faults that use it up.</summary>
    /// <param name="host">The host.</param>
    /// <param name="component">The component that they hit, for the blast radius.</param>
    /// <returns>Its resources.</returns>
    public static HostResources Resources(this IHost host, Component component)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new HostResources(host, component);
    }
}
