using ChaosHarness.Histories;

namespace ChaosHarness.Benchmarks.Recovery.Simulation;

/// <summary>What a simulated request came to.</summary>
/// <param name="Completed">When it was answered, in ticks.</param>
/// <param name="Verdict">How.</param>
/// <param name="Met">Which outage it met first; null when it is good or met none.</param>
/// <param name="Turned">At which outage it turned bad: without that one and those after it, it would have been good. Null when it is good, or bad anyhow.</param>
internal readonly record struct SimulatedAnswer(long Completed, OperationVerdict Verdict, int? Met, int? Turned);
