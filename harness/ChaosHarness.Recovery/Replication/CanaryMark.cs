namespace ChaosHarness.Recovery.Replication;

/// <summary>A canary.</summary>
/// <param name="Run">The run that it is of; unique among runs.</param>
/// <param name="Number">Its number in the run, from 0.</param>
public readonly record struct CanaryMark(long Run, long Number);
