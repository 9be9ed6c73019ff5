namespace ChaosHarness.Histories;

/// <summary>How many values of a chunk fall on a step of a scale.</summary>
internal readonly record struct StepCount(ushort Step, ushort Count);
