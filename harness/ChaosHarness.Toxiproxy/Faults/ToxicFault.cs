using System.Collections.Concurrent;
using ChaosHarness.Safety;

namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>Toxics on the proxies of a link, kept there by renewing their leases.</summary>
internal sealed class ToxicFault(string description, NetworkLink link, IReadOnlyList<ToxicPlan> plans, IReadOnlyList<string> mistakes) : LinkFault(description, link, plans, mistakes)
{
    private readonly ConcurrentDictionary<RevertRecipe, Repetition> _renewals = new(ReferenceEqualityComparer.Instance);

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var toxics = Planned(recipe);
        if (await toxics.AddAsync(cancellationToken).ConfigureAwait(false))
        {
            _renewals[recipe] = Repetition.Start(TimeProvider.System, Link.Lease / 3, (_, token) => toxics.RenewAsync(token));
        }
    }

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        if (_renewals.TryRemove(recipe, out var renewal))
        {
            await renewal.DisposeAsync().ConfigureAwait(false);
        }

        await Planned(recipe).RemoveAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task<string?> WhatIsMissingAsync(PlannedToxics toxics, CancellationToken cancellationToken) => toxics.WhatIsMissingAsync(cancellationToken);
}
