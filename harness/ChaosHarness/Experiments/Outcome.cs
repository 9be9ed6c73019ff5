namespace ChaosHarness.Experiments;

/// <summary>How a run ended.</summary>
public enum Outcome
{
    /// <summary>Every objective was met and the steady state came back.</summary>
    Passed,

    /// <summary>An objective was missed, or the steady state did not come back.</summary>
    Failed,

    /// <summary>Nothing was injected: the run was refused, or the steady state did not hold to begin with. It says nothing about the system.</summary>
    Inconclusive,

    /// <summary>Ended early, by a person, a signal or a stop condition, and reverted.</summary>
    Halted,

    /// <summary>The harness failed, not the system.</summary>
    Broken,

    /// <summary>The experiment is written wrongly: nothing was begun.</summary>
    Invalid,
}
