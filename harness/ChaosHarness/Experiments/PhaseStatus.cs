namespace ChaosHarness.Experiments;

/// <summary>How a step of a run ended.</summary>
public enum PhaseStatus
{
    /// <summary>As it should.</summary>
    Passed,

    /// <summary>What it checks did not hold.</summary>
    Failed,

    /// <summary>It was cut short, or the harness failed in it.</summary>
    Broken,

    /// <summary>It was never reached.</summary>
    Skipped,
}
