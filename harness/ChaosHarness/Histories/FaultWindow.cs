using ChaosHarness.Timing;

namespace ChaosHarness.Histories;

/// <summary>When one fault of a run was to be there, and when it was. Times are since the start of the run.</summary>
/// <param name="Name">What it did, unique in a run.</param>
/// <param name="Targets">The components that it hit.</param>
/// <param name="Planned">When it was to strike, and to end; the end is the longest that it may stay where nothing else ends it.</param>
/// <param name="Injected">From the beginning of its injection to its having taken effect; null when it never struck.</param>
/// <param name="Reverted">From the beginning of its revert to its being undone; null while it is not.</param>
/// <param name="End">How it ended; null while it is there.</param>
public sealed record FaultWindow(string Name, IReadOnlyList<string> Targets, TimeWindow Planned, TimeWindow? Injected, TimeWindow? Reverted, FaultEnd? End)
{
    /// <summary>Whether it is a weakness that the disaster strikes on top of, and no part of the disaster.</summary>
    public bool IsWeakness { get; init; }

    /// <summary>Which strike of the schedule it belongs to, from 0: faults that strike together have the same.</summary>
    public int Strike { get; init; }

    /// <summary>What exactly it hit, such as <c>process 4711 (postgres)</c>; null where the targets say it all.</summary>
    public string? Hit { get; init; }

    /// <summary>The kind of its revert recipe.</summary>
    public string? RevertKind { get; init; }
}
