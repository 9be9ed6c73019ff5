namespace ChaosHarness.Ledger.Chains;

/// <summary>What was done to a record, or to what it is of.</summary>
public enum ChainBreakKind
{
    /// <summary>It does not say what it said when it was written.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It was put in by other means than appending.</summary>
    Inserted,

    /// <summary>It stands in another place than it was written.</summary>
    Reordered,
}
