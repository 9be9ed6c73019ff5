namespace ChaosHarness.Probes;

/// <summary>How well an open loop kept its schedule; latencies count from the due time, so lateness is inside them.</summary>
/// <param name="SentLate">Requests sent more than one interval after they were due.</param>
/// <param name="WorstLateness">The longest time between a request being due and being sent.</param>
public readonly record struct ScheduleKept(long SentLate, TimeSpan WorstLateness);
