namespace ChaosHarness.Checkers.Replication;

/// <summary>A look at a replica: at some time between its sending and its answer, this was the newest canary there.</summary>
internal readonly record struct CanaryRead(TimeSpan Sent, TimeSpan Answered, long Newest);
