namespace ChaosHarness.GameDay.Board;

/// <summary>What kind of thing a board shows.</summary>
internal enum BoardEventKind
{
    /// <summary>A run begins.</summary>
    Run,

    /// <summary>A step begins or ends.</summary>
    Phase,

    /// <summary>A fault is planned, in force, or over.</summary>
    Fault,

    /// <summary>How one second was served, by one probe or workload. Told again when late answers change it.</summary>
    Second,

    /// <summary>A breaker, a health check or an alert said something.</summary>
    Signal,

    /// <summary>A person did something.</summary>
    Person,

    /// <summary>Anything else worth a line.</summary>
    Note,

    /// <summary>How near a stop condition is.</summary>
    Stop,

    /// <summary>How far the recovery is.</summary>
    Recovery,

    /// <summary>A person is waited for; without a text, nobody any more.</summary>
    Waiting,

    /// <summary>A component wrote a line.</summary>
    Log,

    /// <summary>The run is over.</summary>
    End,
}
