using System.Collections.Concurrent;
using ChaosHarness.Faults;

namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>Toxics on the proxies of a link, kept there by renewing their leases.</summary>
internal sealed class ToxicFault(string description, NetworkLink link, IReadOnlyList<ToxicPlan> plans) : SingleFault
{
    private readonly ConcurrentDictionary<RevertRecipe, Repetition> _renewals = new(ReferenceEqualityComparer.Instance);

    public override string Description => description;

    public override IReadOnlyList<string> Targets => link.Targets;

    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(PlannedToxics.Recipe(link, plans));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var toxics = PlannedToxics.Of(recipe, link, plans);
        if (await toxics.AddAsync(cancellationToken).ConfigureAwait(false))
        {
            _renewals[recipe] = Repetition.Start(TimeProvider.System, link.Lease / 3, (_, token) => toxics.RenewAsync(token));
        }
    }

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        if (_renewals.TryRemove(recipe, out var renewal))
        {
            await renewal.DisposeAsync().ConfigureAwait(false);
        }

        await PlannedToxics.Of(recipe, link, plans).RemoveAsync(cancellationToken).ConfigureAwait(false);
    }
}
