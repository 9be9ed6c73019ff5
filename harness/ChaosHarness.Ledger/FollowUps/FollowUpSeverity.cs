namespace ChaosHarness.Ledger.FollowUps;

/// <summary>How bad it is to leave a finding as it is.</summary>
public enum FollowUpSeverity
{
    /// <summary>It can wait.</summary>
    Low,

    /// <summary>It has to be mended.</summary>
    Medium,

    /// <summary>The next real failure will do harm.</summary>
    High,
}
