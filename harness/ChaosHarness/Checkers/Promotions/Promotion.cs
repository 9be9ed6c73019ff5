using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Promotions;

/// <summary>A node that became primary.</summary>
/// <param name="Node">The node.</param>
/// <param name="After">How long after the first strike.</param>
/// <param name="At">When that was known, since the start of the run.</param>
public sealed record Promotion(string Node, Bounds After, TimeSpan At);
