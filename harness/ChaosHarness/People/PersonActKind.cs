namespace ChaosHarness.People;

/// <summary>What a person can do in a drill.</summary>
public enum PersonActKind
{
    /// <summary>To note something.</summary>
    Note,

    /// <summary>To give the go: what waits for it may break the system.</summary>
    Go,

    /// <summary>To refuse the go: what waits for it is not run.</summary>
    NoGo,

    /// <summary>To have decided what is done about the disaster.</summary>
    Decided,

    /// <summary>To have done what was decided.</summary>
    Acted,

    /// <summary>To have come.</summary>
    Came,

    /// <summary>To have left.</summary>
    Left,
}
