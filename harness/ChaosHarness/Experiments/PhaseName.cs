namespace ChaosHarness.Experiments;

/// <summary>The steps of a run, in their fixed order.</summary>
public enum PhaseName
{
    /// <summary>The experiment was built.</summary>
    Build,

    /// <summary>May it run at all?</summary>
    Guard,

    /// <summary>Is the system in its normal state?</summary>
    SteadyState,

    /// <summary>The faults take effect.</summary>
    Inject,

    /// <summary>Until recovery is stable, or the deadline.</summary>
    Observe,

    /// <summary>The faults are undone.</summary>
    Revert,

    /// <summary>Is it back in its normal state, with every acknowledged write?</summary>
    Verify,

    /// <summary>The result is handed to the recorders.</summary>
    Record,
}
