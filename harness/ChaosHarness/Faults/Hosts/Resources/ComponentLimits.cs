using System.Globalization;
using ChaosHarness.Faults.Hosts.Processes;
using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts.Resources;

/// <summary>Limits of the process of a component: of its control group, of version 1 or 2 alike, which hits whatever else is in that group, and of its open files.</summary>
public static class ComponentLimits
{
    /// <summary>Limits how much of the processors its group gets.</summary>
    /// <param name="component">The component.</param>
    /// <param name="cores">How many processors' worth, such as 0.2; at least 0.01.</param>
    /// <returns>The fault.</returns>
    public static HostFault LimitCpu(this HostComponent component, double cores)
    {
        ArgumentNullException.ThrowIfNull(component);
        var quota = ((long)Math.Round(cores * 100_000)).ToString(CultureInfo.InvariantCulture);
        return Limit(component, string.Create(CultureInfo.InvariantCulture, $"limit {component.Component.Name} to {cores:0.##} processors"), cores >= 0.01 ? [] : ["cores must be at least 0.01."], "cpu", "cpu.max", "cpu.cfs_quota_us", $"{quota} 100000", quota);
    }

    /// <summary>Limits how much memory its group gets; what needs more may be killed for it.</summary>
    /// <param name="component">The component.</param>
    /// <param name="bytes">How much.</param>
    /// <returns>The fault.</returns>
    public static HostFault LimitMemory(this HostComponent component, long bytes)
    {
        ArgumentNullException.ThrowIfNull(component);
        var text = bytes.ToString(CultureInfo.InvariantCulture);
        return Limit(component, $"limit {component.Component.Name} to {text} bytes of memory", bytes > 0 ? [] : ["bytes must be above 0."], "memory", "memory.max", "memory.limit_in_bytes", text, text);
    }

    /// <summary>Freezes its group as a whole, whatever it starts: what is in a container too.</summary>
    /// <param name="component">The component.</param>
    /// <returns>The fault.</returns>
    public static HostFault FreezeGroup(this HostComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        return Limit(component, $"freeze the group of {component.Component.Name}", [], "freezer", "cgroup.freeze", "freezer.state", "1", "FROZEN");
    }

    /// <summary>Takes memory within its group, until somebody in it is killed for that.</summary>
    /// <param name="component">The component.</param>
    /// <param name="bytes">How much.</param>
    /// <param name="atMost">When it is given back by itself.</param>
    /// <returns>The fault.</returns>
    public static HostFault UseMemory(this HostComponent component, long bytes, string atMost = "10m")
    {
        ArgumentNullException.ThrowIfNull(component);
        return new Load(component.Host, component.Component, string.Create(CultureInfo.InvariantCulture, $"take {bytes} bytes of the memory of {component.Component.Name}"), ResourceScripts.Hold)
        {
            Bytes = bytes,
            AtMost = atMost,
            GoneText = "superseded what took the memory was killed, as when there is none left",
            Groups = async (host, token) =>
            {
                var process = (await component.FindAsync(token).ConfigureAwait(false)).Split(':')[0];
                return await host.RequireAsync(HostCommand.Script(GroupScripts.FindGroup, process, "memory", "memory.max"), "finding its group", token).ConfigureAwait(false) + "/cgroup.procs";
            },
        }.Fault();
    }

    /// <summary>Limits how many files it may have open from now on; those that are open stay.</summary>
    /// <param name="component">The component.</param>
    /// <param name="count">How many.</param>
    /// <returns>The fault.</returns>
    public static HostFault LimitFiles(this HostComponent component, int count)
    {
        ArgumentNullException.ThrowIfNull(component);
        var wanted = count.ToString(CultureInfo.InvariantCulture);
        return new HostFault(component.Host, new ScriptedAct(
            $"limit {component.Component.Name} to {wanted} open files",
            component.Component.Name,
            count >= 0 ? [] : ["count must be at least 0."],
            async (host, token) =>
            {
                await BeforeAsync(host, token).ConfigureAwait(false);
                return null;
            },
            async (host, token) =>
            {
                var (process, before) = await BeforeAsync(host, token).ConfigureAwait(false);
                return new HostPlan(HostCommand.Script(GroupScripts.LimitFiles, process, wanted), HostCommand.Script(GroupScripts.LimitFiles, process, before)) { Hit = $"process {process.Split(':')[0]} on {host.Name}" };
            }));

        async ValueTask<(string Process, string Before)> BeforeAsync(IHost host, CancellationToken token)
        {
            var process = await component.FindAsync(token).ConfigureAwait(false);
            return (process, await host.RequireAsync(HostCommand.Script(GroupScripts.FindFiles, process.Split(':')[0]), "reading its limit", token).ConfigureAwait(false));
        }
    }

    private static HostFault Limit(HostComponent component, string description, IReadOnlyList<string> mistakes, string controller, string second, string first, string valueOfSecond, string valueOfFirst)
    {
        return new HostFault(component.Host, new ScriptedAct(description, component.Component.Name, mistakes, WhyNotAsync, PlanAsync));

        async ValueTask<string?> WhyNotAsync(IHost host, CancellationToken token)
        {
            await FindAsync(host, token).ConfigureAwait(false);
            return null;
        }

        async ValueTask<HostPlan> PlanAsync(IHost host, CancellationToken token)
        {
            var (version, file, before) = await FindAsync(host, token).ConfigureAwait(false);
            return new HostPlan(HostCommand.Script(GroupScripts.Write, file, version == "1" ? valueOfFirst : valueOfSecond), HostCommand.Script(GroupScripts.Restore, file, before))
            {
                Look = HostCommand.Script(GroupScripts.IsLimited, file, before),
                ByHand = $"On {host.Name}: echo '{before}' > {file}",
            };
        }

        async ValueTask<(string Version, string File, string Before)> FindAsync(IHost host, CancellationToken token)
        {
            var process = (await component.FindAsync(token).ConfigureAwait(false)).Split(':')[0];
            var found = await host.RequireAsync(HostCommand.Script(GroupScripts.FindLimit, process, controller, second, first), "finding its group", token).ConfigureAwait(false);
            return found.Split(' ', 3) is [var version, var file, var before] ? (version, file, before) : throw new InvalidOperationException($"the group of {component.Component.Name} on {host.Name} could not be read: '{found}'");
        }
    }
}
