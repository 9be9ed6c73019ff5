using ChaosHarness.Checkers;

namespace ChaosHarness.Expectations;

/// <summary>What an expectation makes of a finding.</summary>
/// <param name="Met">Whether it was met.</param>
/// <param name="Actual">What was found, in words.</param>
/// <param name="MissedBy">By how much it was missed, such as <c>2.1s</c>; null when it was met or that cannot be said.</param>
/// <param name="Figure">The figure that decided, if one did.</param>
/// <param name="Objective">What the figure was held against, in its unit.</param>
public readonly record struct Judgement(bool Met, string Actual, string? MissedBy = null, Figure? Figure = null, double? Objective = null);
