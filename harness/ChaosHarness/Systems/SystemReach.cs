namespace ChaosHarness.Systems;

/// <summary>From where a system can be reached, and so who may break it at the same time.</summary>
public enum SystemReach
{
    /// <summary>It runs on this machine, and outlives the run.</summary>
    Machine,

    /// <summary>The run, or the process that it is in, started it for itself: nobody else knows it.</summary>
    Owned,

    /// <summary>Other machines reach it too.</summary>
    Shared,
}
