namespace ChaosHarness.Experiments;

/// <summary>What is left of a scope once it is sealed.</summary>
/// <param name="Records">The records of its runs, which nothing changes any more.</param>
/// <param name="Problems">What kept a record from being rendered; empty when nothing did. It says nothing of the runs.</param>
public sealed record SealedRuns(IReadOnlyList<RunRecord> Records, IReadOnlyList<string> Problems);
