namespace ChaosHarness.Ledger.Statistics;

/// <summary>Whether a metric changed.</summary>
public enum ChangeVerdict
{
    /// <summary>So few runs that no difference among them could be told from chance.</summary>
    NotEnoughRuns,

    /// <summary>No change that is both larger than tolerated and unlikely by chance.</summary>
    Stable,

    /// <summary>Worse by more than tolerated, and not by chance.</summary>
    Worse,
}
