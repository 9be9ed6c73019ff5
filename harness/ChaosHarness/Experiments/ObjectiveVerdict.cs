namespace ChaosHarness.Experiments;

/// <summary>One thing that the system was held to, and whether it kept it.</summary>
/// <param name="Objective">Such as <c>RTO 30s</c>.</param>
/// <param name="Actual">What was measured.</param>
/// <param name="Met">Whether it was kept.</param>
public sealed record ObjectiveVerdict(string Objective, string Actual, bool Met);
