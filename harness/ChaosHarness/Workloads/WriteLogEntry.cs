namespace ChaosHarness.Workloads;

/// <summary>One write in the record.</summary>
/// <param name="Sent">When it was sent, since the start of the run.</param>
/// <param name="Acknowledged">When its acknowledgement arrived; null when none did.</param>
/// <param name="AcknowledgedBy">The node that gave it, if known.</param>
public readonly record struct WriteLogEntry(TimeSpan? Sent, TimeSpan? Acknowledged, string? AcknowledgedBy);
