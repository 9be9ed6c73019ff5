namespace ChaosHarness.Experiments;

/// <summary>What kind of thing happened.</summary>
public enum TimelineKind
{
    /// <summary>A step of the run began.</summary>
    Phase,

    /// <summary>A fault began or took effect.</summary>
    Injection,

    /// <summary>A fault was being undone, or was undone.</summary>
    Revert,

    /// <summary>The system noticed that something is wrong.</summary>
    Detection,

    /// <summary>The system said that all is well again.</summary>
    Recovery,

    /// <summary>A circuit breaker changed its state.</summary>
    Breaker,

    /// <summary>A node became primary.</summary>
    Promotion,

    /// <summary>The run was ended early.</summary>
    Halt,

    /// <summary>Anything else worth a mark.</summary>
    Note,

    /// <summary>A person did, decided or noted something.</summary>
    Person,
}
