using System.Net;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.Systems;
using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>What all faults on a link share: its proxies, and the toxics that are planned for them.</summary>
internal abstract class LinkFault(string description, NetworkLink link, IReadOnlyList<ToxicPlan> plans, IReadOnlyList<string> mistakes) : Fault
{
    public override string Description => description;

    public override IReadOnlyList<string> Targets => link.Targets;

    public override IReadOnlyList<string> Mistakes => [.. base.Mistakes, .. link.Mistakes, .. mistakes];

    protected NetworkLink Link => link;

    // The way to it is the way back from it: both are requests to the server.
    protected override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var name in link.Proxies)
            {
                if (!(await link.Client.FindProxyAsync(name, cancellationToken).ConfigureAwait(false)).Enabled)
                {
                    return Preflight.NotReady($"proxy '{name}' on {link.Client.Server} is disabled, so nothing can be done to {link.Name}; enable it");
                }
            }

            return Preflight.Ready;
        }
        catch (ToxiProxiException exception)
        {
            return Preflight.NotReady($"nothing can be done to {link.Name}: {exception.Message}. Start the server with its proxies first");
        }
    }

    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(PlannedToxics.Recipe(link, plans));

    protected override async ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        try
        {
            return await WhatIsMissingAsync(Planned(recipe), cancellationToken).ConfigureAwait(false) is { } missing
                ? Presence.Gone($"{missing} on {link.Client.Server}")
                : Presence.There;
        }
        catch (ToxiProxiException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return Presence.Gone($"a proxy of {link.Name} was removed: {exception.Message}");
        }
        catch (ToxiProxiException exception) when (exception.InnerException is HttpRequestException)
        {
            return Presence.Gone(exception.Message);
        }
        catch (ToxiProxiException)
        {
            return Presence.Unknown;
        }
    }

    protected override async ValueTask<string?> WhyUnseenAsync(ProbeSight sight, CancellationToken cancellationToken)
    {
        if (plans.Any(plan => plan.Make() is HangConnectToxic))
        {
            return null;
        }

        foreach (var name in link.Proxies)
        {
            var proxy = await link.Client.FindProxyAsync(name, cancellationToken).ConfigureAwait(false);
            if (Leads(sight, proxy.Listen))
            {
                return $"the proxy at {proxy.Listen} accepts connections itself, whatever becomes of them then; use a probe that gets an answer over the link, such as HttpProbe or SqlProbe, or Partition(PartitionStyle.Blackhole), in which connecting hangs";
            }
        }

        return null;
    }

    protected PlannedToxics Planned(RevertRecipe recipe) => PlannedToxics.Of(recipe, link, plans);

    /// <summary>What of the toxics somebody else has taken away; null for nothing.</summary>
    protected abstract Task<string?> WhatIsMissingAsync(PlannedToxics toxics, CancellationToken cancellationToken);

    private static bool Leads(ProbeSight sight, string listen)
    {
        var colon = listen.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(listen[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var port) || port != sight.Port)
        {
            return false;
        }

        var (here, there) = (Address(listen[..colon]), Address(sight.Host));
        return here is null || there is null
            ? string.Equals(listen[..colon], sight.Host, StringComparison.OrdinalIgnoreCase)
            : here.Equals(there) || here.Equals(IPAddress.Any) || here.Equals(IPAddress.IPv6Any) || (IPAddress.IsLoopback(here) && IPAddress.IsLoopback(there));
    }

    private static IPAddress? Address(string host) => host.ToUpperInvariant() switch
    {
        "LOCALHOST" => IPAddress.Loopback,
        "" => IPAddress.Any,
        _ => IPAddress.TryParse(host, out var address) ? address : null,
    };
}
