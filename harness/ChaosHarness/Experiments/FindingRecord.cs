namespace ChaosHarness.Experiments;

/// <summary>What a checker found in a run, in words. Its numbers are among the figures of the run.</summary>
/// <param name="Name">What was looked for, such as <c>recovery of orders</c>.</param>
/// <param name="Text">What was found.</param>
public sealed record FindingRecord(string Name, string Text);
