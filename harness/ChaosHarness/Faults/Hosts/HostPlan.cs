using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>How a fault on a host is done, and undone, this time.</summary>
/// <param name="Inject">Makes it take effect, and ends when it has.</param>
/// <param name="Revert">Undoes it, also in part, twice, or not at all; null where nothing has to be undone. Without an input: it has to fit into a recipe.</param>
internal sealed record HostPlan(HostCommand Inject, HostCommand? Revert)
{
    /// <summary>
    /// Looks whether it is still in force: writes <c>there</c>, <c>gone</c> or <c>superseded</c> and what was seen, or nothing where it cannot tell.
    /// Null where nobody can.
    /// </summary>
    public HostCommand? Look { get; init; }

    /// <summary>What a person does when it cannot be undone automatically; null for running what undoes it.</summary>
    public string? ByHand { get; init; }

    /// <summary>What exactly it hits, for people; null where the targets say it all.</summary>
    public string? Hit { get; init; }
}
