namespace ChaosHarness.Ledger.Chains;

/// <summary>Where a run stands in the chain of a ledger, and whether a record of it says what was chained.</summary>
/// <param name="Record">The number of its record, from 1.</param>
/// <param name="Hash">The hash of that, as 64 lower-case hexadecimal digits.</param>
/// <param name="RecordedAt">When it was written to the ledger, by the clock of who wrote it, UTC.</param>
/// <param name="FoundAt">When it was hashed, UTC, where an earlier version had appended it before there was a chain; else null.</param>
/// <param name="Differing">What the record that was asked about says otherwise than the one that was chained; empty when hashing it again gives the same hash.</param>
public sealed record ChainedRun(long Record, string Hash, DateTimeOffset RecordedAt, DateTimeOffset? FoundAt, IReadOnlyList<string> Differing);
