namespace ChaosHarness.Ledger.Chains;

/// <summary>Whether a ledger is as it was written.</summary>
/// <param name="Runs">How many runs are in the chain.</param>
/// <param name="FoundRuns">Of these, how many an earlier version had appended: they were hashed as they were found, and what became of them before nobody can tell.</param>
/// <param name="FoundAt">When that was; null when there are none.</param>
/// <param name="Head">The end of the chain; null when it has no record.</param>
/// <param name="GivenHeadAt">The number of the record whose hash is the head that was asked for; null when none was, or none has it.</param>
/// <param name="Breaks">What is not as it was written, in the order of the records.</param>
public sealed record ChainReport(long Runs, long FoundRuns, DateTimeOffset? FoundAt, LedgerHead? Head, long? GivenHeadAt, IReadOnlyList<ChainBreak> Breaks)
{
    /// <summary>Whether a head was asked for that no record has: what it was the end of was cut off or written anew.</summary>
    public bool IsGivenHeadMissing { get; init; }

    /// <summary>Whether everything is as it was written.</summary>
    public bool IsWhole => Breaks.Count == 0 && !IsGivenHeadMissing;
}
