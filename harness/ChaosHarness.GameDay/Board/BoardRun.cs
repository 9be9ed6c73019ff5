using ChaosHarness.Experiments;

namespace ChaosHarness.GameDay.Board;

/// <summary>What is known of a run when it begins.</summary>
internal sealed record BoardRun(string Name, string System, string Hypothesis, string Disaster, DateTimeOffset StartedAt, double? Rto, DrillScript? Script);
