using ChaosHarness.Timing;

namespace ChaosHarness.Histories;

/// <summary>A part of a restore that takes time of its own.</summary>
/// <param name="Name">Such as <c>fetch</c>.</param>
/// <param name="When">When it was.</param>
public sealed record RestorePhase(string Name, TimeWindow When);
