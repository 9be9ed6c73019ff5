namespace ChaosHarness.Histories;

/// <summary>How a fault came to its end.</summary>
public enum FaultEnd
{
    /// <summary>The harness undid it.</summary>
    Reverted,

    /// <summary>The system under test ended it itself, as fencing ends a frozen primary: told, and measured on.</summary>
    Superseded,

    /// <summary>Somebody else took it away: what was measured is not what was to be measured.</summary>
    Gone,

    /// <summary>It could not be undone.</summary>
    NotReverted,
}
