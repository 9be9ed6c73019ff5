using System.Net;
using ChaosHarness.Safety;

namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>The toxics of one injection: their names are fixed before any of them is there, so that whoever has the recipe can remove them.</summary>
internal sealed class PlannedToxics
{
    private const string NamePrefix = "chaos-";
    private readonly NetworkLink _link;
    private readonly IReadOnlyList<ToxicPlan> _plans;
    private readonly string _id;

    private PlannedToxics(NetworkLink link, IReadOnlyList<ToxicPlan> plans, string id)
    {
        _link = link;
        _plans = plans;
        _id = id;
    }

    private IEnumerable<(string Proxy, string Toxic, ToxicPlan Plan)> All =>
        from proxy in _link.Proxies
        from index in Enumerable.Range(0, _plans.Count)
        select (proxy, $"{NamePrefix}{_id}-{index}", _plans[index]);

    /// <summary>Makes a recipe that removes them.</summary>
    public static RevertRecipe Recipe(NetworkLink link, IReadOnlyList<ToxicPlan> plans)
    {
        var id = Guid.NewGuid().ToString("N")[..12];
        var toxics = new PlannedToxics(link, plans, id);
        var recipe = HttpRequests.Delete([.. toxics.All.Select(entry => new Uri(link.Client.Server, Client.ToxicPath(entry.Proxy, entry.Toxic)))], areInMemory: true);
        return recipe with
        {
            Kind = link.IsOwnedByRun ? RevertRecipe.OwnedByRun : recipe.Kind,
            Parameters = new Dictionary<string, string>(recipe.Parameters) { [nameof(id)] = id },
        };
    }

    /// <summary>Those of a recipe.</summary>
    public static PlannedToxics Of(RevertRecipe recipe, NetworkLink link, IReadOnlyList<ToxicPlan> plans) => new(link, plans, recipe.Parameters["id"]);

    /// <summary>Adds them.</summary>
    /// <returns>Whether the server knows leases: one that does not must not be asked to renew any, because every update lets go what a toxic holds there.</returns>
    public async Task<bool> AddAsync(CancellationToken cancellationToken)
    {
        var leased = await Task.WhenAll(All.Select(entry => AddAsync(entry.Proxy, entry.Toxic, entry.Plan, cancellationToken))).ConfigureAwait(false);
        return leased.Contains(true);
    }

    public Task RemoveAsync(CancellationToken cancellationToken) => Task.WhenAll(All.Select(entry => _link.Client.RemoveIfPresentAsync(entry.Proxy, entry.Toxic, cancellationToken)));

    /// <summary>What of them is not there any more; null for nothing.</summary>
    public async Task<string?> WhatIsMissingAsync(CancellationToken cancellationToken)
    {
        foreach (var proxy in _link.Proxies)
        {
            var there = (await _link.Client.FindAllToxicsByProxyNameAsync(proxy, cancellationToken).ConfigureAwait(false)).Select(toxic => toxic.Name).ToHashSet(StringComparer.Ordinal);
            if (All.FirstOrDefault(entry => entry.Proxy == proxy && !entry.Plan.IsOptional && !there.Contains(entry.Toxic)) is { Toxic: { } missing })
            {
                return $"toxic '{missing}' was removed from proxy '{proxy}'";
            }
        }

        return null;
    }

    /// <summary>Renews their leases; those that are gone stay gone.</summary>
    public Task RenewAsync(CancellationToken cancellationToken) => Task.WhenAll(All.Select(entry => RenewAsync(entry.Proxy, entry.Toxic, cancellationToken)));

    private async Task<bool> AddAsync(string proxy, string name, ToxicPlan plan, CancellationToken cancellationToken)
    {
        var toxic = plan.Make();
        (toxic.Name, toxic.Toxicity, toxic.Lease) = (name, _link.Share, _link.Lease);
        try
        {
            return (await _link.Client.AddToxicAsync(proxy, toxic, cancellationToken).ConfigureAwait(false)).Lease is not null;
        }
        catch (ToxiProxiException exception) when (plan.IsOptional && exception.Status == HttpStatusCode.BadRequest)
        {
            // The server does not know this type.
            return false;
        }
    }

    private async Task RenewAsync(string proxy, string name, CancellationToken cancellationToken)
    {
        try
        {
            await _link.Client.RenewAsync(proxy, name, _link.Lease, cancellationToken).ConfigureAwait(false);
        }
        catch (ToxiProxiException)
        {
            // Gone, or the server is: the next renewal may reach it, and the revert says what is left.
        }
    }
}
