using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>One fault of a run. Times are since the start of the run.</summary>
/// <param name="Description">What it did.</param>
/// <param name="Targets">The components that it hit.</param>
/// <param name="RevertKind">The kind of its revert recipe.</param>
/// <param name="Injected">From the beginning of its injection to its having taken effect.</param>
/// <param name="Reverted">From the beginning of its revert to its being undone; null when it could not be undone.</param>
public sealed record FaultRecord(string Description, IReadOnlyList<string> Targets, string RevertKind, TimeWindow Injected, TimeWindow? Reverted)
{
    /// <summary>When it was to strike and to end; null where nobody noted that.</summary>
    public TimeWindow? Planned { get; init; }

    /// <summary>How it ended; null where nobody noted that.</summary>
    public FaultEnd? End { get; init; }

    /// <summary>Which strike of the schedule it belonged to, from 0: faults that struck together have the same.</summary>
    public int Strike { get; init; }

    /// <summary>Whether it was a weakness that the disaster struck on top of.</summary>
    public bool IsWeakness { get; init; }

    /// <summary>What exactly it hit, such as <c>process 4711 (postgres)</c>; null where the targets say it all.</summary>
    public string? Hit { get; init; }

    internal static FaultRecord Of(FaultWindow fault) => new(fault.Name, fault.Targets, fault.RevertKind ?? "", fault.Injected!.Value, fault.Reverted)
    {
        Planned = fault.Planned,
        End = fault.End,
        Strike = fault.Strike,
        IsWeakness = fault.IsWeakness,
        Hit = fault.Hit,
    };
}
