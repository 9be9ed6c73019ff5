using System.Globalization;
using System.Security.Cryptography;
using ChaosHarness.Hosts;
using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Hosts.Resources;

/// <summary>What a Linux host has to share out. Its methods are faults that use it up.</summary>
public sealed record HostResources
{
    private readonly IHost _host;

    internal HostResources(IHost host, Component component) => (_host, Component) = (host, component);

    /// <summary>The component that is counted as hit, for the blast radius.</summary>
    public Component Component { get; init; }

    /// <summary>Keeps processors busy.</summary>
    /// <param name="workers">How many loops, each of which takes one processor.</param>
    /// <param name="atMost">When they end by themselves.</param>
    /// <returns>The fault.</returns>
    public HostFault BurnCpu(int workers, string atMost = "10m") => new Load(_host, Component, string.Create(CultureInfo.InvariantCulture, $"keep {workers} processors of {Component.Name} busy"), ResourceScripts.Burn)
    {
        Workers = workers,
        AtMost = atMost,
    }.Fault();

    /// <summary>Takes memory, until somebody is killed for it where there is not as much.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="atMost">When it is given back by itself.</param>
    /// <returns>The fault.</returns>
    public HostFault UseMemory(long bytes, string atMost = "10m") => new Load(_host, Component, string.Create(CultureInfo.InvariantCulture, $"take {bytes} bytes of memory of {Component.Name}"), ResourceScripts.Hold)
    {
        Bytes = bytes,
        AtMost = atMost,
        GoneText = "superseded what took the memory was killed, as when there is none left",
    }.Fault();

    /// <summary>Keeps a disk busy by writing to it and flushing, 64 MiB over and over.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="mayBeSystemDisk">Whether that may be the disk of the whole system.</param>
    /// <param name="atMost">When it ends by itself.</param>
    /// <returns>The fault.</returns>
    public HostFault LoadDisk(string folder, bool mayBeSystemDisk = false, string atMost = "10m") => new Load(_host, Component, $"keep the disk below {folder} of {Component.Name} busy", ResourceScripts.WriteAll)
    {
        AtMost = atMost,
        Folder = folder,
        MayBeSystemDisk = mayBeSystemDisk,
    }.Fault();

    /// <summary>Fills a disk by a file.</summary>
    /// <param name="folder">A folder on it.</param>
    /// <param name="leave">How many bytes stay free for others than root, to 1 KiB.</param>
    /// <param name="mayBeSystemDisk">Whether it may be the disk of the whole system, which may not bear that.</param>
    /// <returns>The fault.</returns>
    public HostFault FillDisk(string folder, long leave = 0, bool mayBeSystemDisk = false)
    {
        var left = (leave / 1024).ToString(CultureInfo.InvariantCulture);
        return new HostFault(_host, new ScriptedAct(
            string.Create(CultureInfo.InvariantCulture, $"fill the disk below {folder} of {Component.Name} up to {leave} bytes"),
            Component.Name,
            leave >= 0 && folder.StartsWith('/') ? [] : ["the folder is a whole path, and what is left is at least 0 bytes."],
            (host, token) => host.WhyNotAsync(HostCommand.Script(ResourceScripts.WhyNotDisk, folder, mayBeSystemDisk ? "yes" : "no", left), token),
            (_, _) =>
            {
                var file = $"{folder.TrimEnd('/')}/.chaosharness-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
                return ValueTask.FromResult(new HostPlan(HostCommand.Script(ResourceScripts.Fill, folder, file, left), new HostCommand("rm", "-f", file)) { Look = HostCommand.Script(ResourceScripts.HasFile, file) });
            }));
    }

    /// <summary>
    /// Moves the clock of a program that was started with libfaketime: it has to have been given <c>FAKETIME_TIMESTAMP_FILE</c>, <c>FAKETIME_NO_CACHE=1</c>
    /// and, or its timers go wrong as well, <c>FAKETIME_DONT_FAKE_MONOTONIC=1</c>.
    /// </summary>
    /// <param name="file">The whole path of that file.</param>
    /// <param name="offset">As libfaketime has it, such as <c>+1d</c> or <c>-90m</c>.</param>
    /// <returns>The fault.</returns>
    public HostFault MoveClock(string file, string offset) => new(_host, new ScriptedAct(
        $"move the clock of {Component.Name} by {offset}",
        Component.Name,
        file.StartsWith('/') && offset is ['+' or '-', _, ..] && !offset.Contains('\n', StringComparison.Ordinal) ? [] : ["the file is a whole path, and the offset begins with + or -, such as +1d."],
        (host, token) => host.WhyNotAsync(HostCommand.Script("[ -w \"${1%/*}/\" ] || { echo \"the folder of '$1' cannot be written to: name the file that the program was started with, or log in as another user\" >&2; exit 1; }", file), token),
        async (host, token) =>
        {
            var before = (await host.RequireAsync(HostCommand.Script(ResourceScripts.ReadFile, file), "reading its clock", token).ConfigureAwait(false)).Split(' ', 2);
            return new HostPlan(HostCommand.Script(ResourceScripts.WriteFile, file, "is", offset), HostCommand.Script(ResourceScripts.WriteFile, file, before[0], before.ElementAtOrDefault(1) ?? ""))
            {
                Look = HostCommand.Script(ResourceScripts.Says, file, offset),
            };
        }));
}
