using ChaosHarness.Checkers.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>A restore as a record keeps it: what it consisted of, what was looked at, and what nobody looked at. Times are since the start of the run.</summary>
/// <param name="Name">Which restore.</param>
/// <param name="When">From its beginning to the end of its last check.</param>
/// <param name="Text">What came of it.</param>
public sealed record RestoreRecord(string Name, TimeWindow When, string Text)
{
    /// <summary>Its parts, in order.</summary>
    public IReadOnlyList<RestorePhase> Phases { get => field ?? []; init; }

    /// <summary>What was looked at in the copy.</summary>
    public IReadOnlyList<RestoreCheck> Checks { get => field ?? []; init; }

    /// <summary>What a sound copy may still hide, as nobody looked.</summary>
    public IReadOnlyList<string> WouldMiss { get => field ?? []; init; }

    internal static RestoreRecord Of(RestoreOutcome outcome) => new(outcome.Copy.Name, outcome.Copy.When, outcome.ToString())
    {
        Phases = outcome.Copy.Phases,
        Checks = outcome.Copy.Checks,
        WouldMiss = outcome.Copy.WouldMiss,
    };
}
