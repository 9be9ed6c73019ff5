using System.Collections.Concurrent;
using ChaosHarness.Faults;

namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>Toxics that come and go on a schedule. A lease far longer than one period keeps none of them from going when the run dies.</summary>
internal sealed class FlappingFault(string description, NetworkLink link, IReadOnlyList<ToxicPlan> plans, TimeSpan down, TimeSpan up) : SingleFault
{
    private readonly ConcurrentDictionary<RevertRecipe, Repetition> _flapping = new(ReferenceEqualityComparer.Instance);
    private readonly NetworkLink _link = link with { Lease = link.Lease + down };

    public override string Description => description;

    public override IReadOnlyList<string> Targets => _link.Targets;

    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(PlannedToxics.Recipe(_link, plans));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var toxics = PlannedToxics.Of(recipe, _link, plans);
        await toxics.AddAsync(cancellationToken).ConfigureAwait(false);
        _flapping[recipe] = Repetition.Start(TimeProvider.System, [down, up], (turn, token) => FlipAsync(turn % 2 == 0 ? toxics.RemoveAsync(token) : toxics.AddAsync(token)));
    }

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        if (_flapping.TryRemove(recipe, out var flapping))
        {
            await flapping.DisposeAsync().ConfigureAwait(false);
        }

        await PlannedToxics.Of(recipe, _link, plans).RemoveAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task FlipAsync(Task flip)
    {
        try
        {
            await flip.ConfigureAwait(false);
        }
        catch (ToxiProxiException)
        {
            // A server that does not answer now may answer next time; when it never does, the revert says so.
        }
    }
}
