namespace ChaosHarness.Histories;

/// <summary>What kind of thing a mark tells of.</summary>
public enum MarkKind
{
    /// <summary>A step of the run began.</summary>
    Phase,

    /// <summary>The run was ended early.</summary>
    Halt,

    /// <summary>An action of the schedule that is no fault.</summary>
    Action,

    /// <summary>Anything else.</summary>
    Note,

    /// <summary>A person did or noted something.</summary>
    Person,

    /// <summary>A person decided what is done about the disaster.</summary>
    Decided,

    /// <summary>A person did what was decided.</summary>
    Acted,
}
