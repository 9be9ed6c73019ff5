namespace ChaosHarness.Tests.Adversarial;

/// <summary>What code that is not the harness's own may do to it.</summary>
public enum Hostility
{
    /// <summary>It throws.</summary>
    Throws,

    /// <summary>It blocks its thread.</summary>
    Blocks,

    /// <summary>It never completes of itself, and ends when its token says so.</summary>
    Never,

    /// <summary>It never completes, whatever its token says.</summary>
    IgnoresItsToken,

    /// <summary>It goes on whatever its token says, and completes when the run is over.</summary>
    CompletesLate,
}
