namespace ChaosHarness.Histories;

/// <summary>How many operations of a chunk were answered well, and how many were not.</summary>
internal readonly record struct ChunkTally(int Good, int Bad);
