using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>One step of a run.</summary>
/// <param name="Name">Which.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Window">When it ran, since the start of the run; empty when skipped.</param>
/// <param name="Detail">What it found, in a few words.</param>
public sealed record PhaseRecord(PhaseName Name, PhaseStatus Status, TimeWindow Window, string? Detail = null);
