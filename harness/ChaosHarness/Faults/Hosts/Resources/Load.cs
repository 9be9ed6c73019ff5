using System.Globalization;
using System.Security.Cryptography;
using ChaosHarness.Hosts;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults.Hosts.Resources;

/// <summary>Processes that use something up on a host, and end by themselves in the end.</summary>
internal sealed record Load(IHost Host, Component Component, string Description, string Body)
{
    private const int MostWorkers = 1024;

    public int Workers { get; init; } = 1;

    public required string AtMost { get; init; }

    /// <summary>How much memory it takes; 0 for none.</summary>
    public long Bytes { get; init; }

    /// <summary>Where it writes; null for nowhere.</summary>
    public string? Folder { get; init; }

    public bool MayBeSystemDisk { get; init; }

    public string GoneText { get; init; } = "gone what did it was ended";

    /// <summary>Writes the files of the groups that it joins, a line each; null for none.</summary>
    public Func<IHost, CancellationToken, ValueTask<string>>? Groups { get; init; }

    public HostFault Fault() => new(Host, new ScriptedAct(Description, Component.Name, [.. Mistakes()], WhyNotAsync, PlanAsync));

    private IEnumerable<string> Mistakes()
    {
        if (!DurationText.TryParse(AtMost, out var time) || time < TimeSpan.FromSeconds(1))
        {
            yield return $"'{AtMost}' is not a duration of at least 1s, such as 10m.";
        }

        if (Workers is < 1 or > MostWorkers)
        {
            yield return $"workers are from 1 to {MostWorkers}.";
        }

        if (Body == ResourceScripts.Hold && Bytes < 1)
        {
            yield return "bytes must be at least 1.";
        }

        if (Folder is not null && !Folder.StartsWith('/'))
        {
            yield return "the folder is a whole path.";
        }
    }

    private async ValueTask<string?> WhyNotAsync(IHost host, CancellationToken cancellationToken)
    {
        var disk = HostCommand.Script(ResourceScripts.WhyNotDisk, Folder ?? "", MayBeSystemDisk ? "yes" : "no", "65536");
        if ((Folder is null ? null : await host.WhyNotAsync(disk, cancellationToken).ConfigureAwait(false)) is { } whyNot)
        {
            return whyNot;
        }

        if (Groups is { } groups)
        {
            await groups(host, cancellationToken).ConfigureAwait(false);
        }

        return await host.WhyNotAsync(HostCommand.Script(ResourceScripts.WhyNotLoad), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<HostPlan> PlanAsync(IHost host, CancellationToken cancellationToken)
    {
        var name = RandomNumberGenerator.GetHexString(12, lowercase: true);
        var groups = Groups is { } find ? await find(host, cancellationToken).ConfigureAwait(false) : "";
        var file = Folder is null ? null : $"{Folder.TrimEnd('/')}/.chaosharness-{name}";
        var seconds = Text((long)Math.Ceiling(DurationText.Parse(AtMost).TotalSeconds));
        return new HostPlan(
            HostCommand.Script(ResourceScripts.Start, name, Text(Workers), seconds, Text(Bytes), groups, Body, file ?? Text(Bytes)),
            HostCommand.Script(ResourceScripts.End, file is null ? [name] : [name, file]))
        {
            Look = HostCommand.Script(ResourceScripts.IsThere, name, GoneText),
            ByHand = $"On {host.Name}, end what has chaosharness-load-{name} in its command line: pkill -f chaosharness-load-{name}{(file is null ? "" : $"; rm -f {file}")}",
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
