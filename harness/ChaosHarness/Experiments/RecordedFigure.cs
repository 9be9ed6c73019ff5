using ChaosHarness.Checkers;

namespace ChaosHarness.Experiments;

/// <summary>A figure of a run, and what it was held against.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Objective">The strictest that it was held against, in its unit; null when it was only measured.</param>
/// <param name="Met">Whether that was met; null when it was only measured.</param>
public sealed record RecordedFigure(Figure Figure, double? Objective = null, bool? Met = null);
