namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>A backup that was found.</summary>
/// <param name="Label">What its tool calls it.</param>
/// <param name="Finished">When it was complete: it can be restored to no earlier moment.</param>
public sealed record FoundBackup(string Label, DateTimeOffset Finished);
