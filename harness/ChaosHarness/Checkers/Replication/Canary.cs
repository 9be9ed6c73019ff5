namespace ChaosHarness.Checkers.Replication;

/// <summary>An acknowledged canary: the primary had it at some time between its sending and its acknowledgement.</summary>
internal readonly record struct Canary(long Number, TimeSpan Invoked, TimeSpan Acknowledged);
