using ChaosHarness.Calls;
using ChaosHarness.Systems;

namespace ChaosHarness.Faults;

/// <summary>Looks at all faults before anything is journalled: at what they hit, at the way back, and at probes that could not see them.</summary>
internal sealed class FaultLooks(TimeProvider time, TimeSpan limit)
{
    private readonly ForeignCalls _calls = new(time);

    /// <summary>Why the faults must not be injected now; null when they may. What cannot be looked at is refused.</summary>
    /// <param name="faults">All that may strike.</param>
    /// <param name="sights">What the probes see that see little, with their names.</param>
    /// <param name="cancellationToken">Ends the looks.</param>
    public async Task<string?> WhyRefusedAsync(IReadOnlyList<Fault> faults, IReadOnlyList<(string Probe, ProbeSight Sight)> sights, CancellationToken cancellationToken)
    {
        var obstacles = await Task.WhenAll(faults.Select(fault => ObstacleAsync(fault, cancellationToken))).ConfigureAwait(false);
        if (obstacles.FirstOrDefault(obstacle => obstacle is not null) is { } first)
        {
            return first;
        }

        var blind = await Task.WhenAll(faults.SelectMany(fault => sights.Select(sight => UnseenAsync(fault, sight.Probe, sight.Sight, cancellationToken)))).ConfigureAwait(false);
        return blind.FirstOrDefault(reason => reason is not null);
    }

    /// <summary>Why one fault must not be injected now; null when it may.</summary>
    public async Task<string?> ObstacleAsync(Fault fault, CancellationToken cancellationToken)
    {
        var look = await _calls.RunAsync(new Callee(fault.Name, "look at its target"), fault.LookAsync, limit, cancellationToken).ConfigureAwait(false);
        return look.Problem ?? look.Value!.Obstacle;
    }

    private async Task<string?> UnseenAsync(Fault fault, string probe, ProbeSight sight, CancellationToken cancellationToken)
    {
        var look = await _calls.RunAsync(new Callee(fault.Name, "look whether probes see it"), token => fault.WhyUnseenAsync(sight, token), limit, cancellationToken).ConfigureAwait(false);
        return look.Problem ?? (look.Value is { } reason ? $"probe '{probe}' cannot see '{fault.Name}': {reason}" : null);
    }
}
