using System.Collections.Concurrent;
using ChaosHarness.Safety;

namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>Toxics that come and go on a schedule. A lease far longer than one period keeps none of them from going when the run dies.</summary>
internal sealed class FlappingFault(string description, NetworkLink link, IReadOnlyList<ToxicPlan> plans, TimeSpan down, TimeSpan up, IReadOnlyList<string> mistakes)
    : LinkFault(description, link with { Lease = link.Lease + down }, plans, mistakes)
{
    private readonly ConcurrentDictionary<RevertRecipe, Repetition> _flapping = new(ReferenceEqualityComparer.Instance);

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var toxics = Planned(recipe);
        await toxics.AddAsync(cancellationToken).ConfigureAwait(false);
        _flapping[recipe] = Repetition.Start(TimeProvider.System, [down, up], (turn, token) => FlipAsync(turn % 2 == 0 ? toxics.RemoveAsync(token) : toxics.AddAsync(token)));
    }

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        if (_flapping.TryRemove(recipe, out var flapping))
        {
            await flapping.DisposeAsync().ConfigureAwait(false);
        }

        await Planned(recipe).RemoveAsync(cancellationToken).ConfigureAwait(false);
    }

    // They come and go by themselves: only the proxies have to be there.
    protected override async Task<string?> WhatIsMissingAsync(PlannedToxics toxics, CancellationToken cancellationToken)
    {
        foreach (var proxy in Link.Proxies)
        {
            await Link.Client.FindProxyAsync(proxy, cancellationToken).ConfigureAwait(false);
        }

        return null;
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
