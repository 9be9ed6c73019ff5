using ChaosHarness.Hosts;

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
}
