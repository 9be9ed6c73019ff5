namespace ChaosHarness.Workloads;

/// <summary>One write that the workload is about to send.</summary>
/// <param name="Id">Its id, unique across runs: the run's own random upper half and the write's number in the lower. Positive, and under 2^63.</param>
/// <param name="Number">Its number in the workload, from 0.</param>
public readonly record struct WriteAttempt(long Id, long Number);
