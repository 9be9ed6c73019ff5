namespace ChaosHarness.Faults;

/// <summary>Whether a fault is still in force.</summary>
public enum PresenceKind
{
    /// <summary>Nobody can tell.</summary>
    Unknown,

    /// <summary>It is.</summary>
    There,

    /// <summary>The system under test ended it itself, as fencing ends a frozen primary: that is told, and measured on.</summary>
    Superseded,

    /// <summary>Somebody else took it away: what is measured is not what was to be measured, and the run is Broken.</summary>
    Gone,
}
