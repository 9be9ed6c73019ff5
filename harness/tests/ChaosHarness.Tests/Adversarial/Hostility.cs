namespace ChaosHarness.Tests.Adversarial;

/// <summary>What code that is not the harness's own may do to it.</summary>
public enum Hostility
{
    /// <summary>It throws.</summary>
    Throws,

    /// <summary>It blocks its thread.</summary>
    Blocks,

    /// <summary>It never completes.</summary>
    Never,

    /// <summary>It goes on whatever its token says, and completes when nobody waits any more.</summary>
    IgnoresItsToken,
}
