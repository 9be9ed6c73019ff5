using ChaosHarness.Experiments;

namespace ChaosHarness.Reports.Drills;

/// <summary>One experiment of a drill: the outcome that its test ended with, and its record when it came to have one.</summary>
internal sealed record DrillRow(string Name, Outcome Outcome, string? Message, RunRecord? Record);
