namespace ChaosHarness.Tool.Advice;

/// <summary>Why something should be done.</summary>
internal enum AdviceReason
{
    /// <summary>The last run of it failed.</summary>
    LastOneFailed,

    /// <summary>There is no evidence of it at all.</summary>
    NeverTested,

    /// <summary>The evidence is older than it may be.</summary>
    TooOld,

    /// <summary>Nobody said what the system is held to.</summary>
    NoObjective,

    /// <summary>Nothing was ever restored.</summary>
    NeverRestored,
}
