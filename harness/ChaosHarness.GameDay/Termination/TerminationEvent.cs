namespace ChaosHarness.GameDay.Termination;

/// <summary>What became of a termination that was planned. Each settles it: there is no second try for a group on one day.</summary>
internal enum TerminationEvent
{
    /// <summary>An instance was chosen, and is being terminated. Noted before that begins: after a kill nobody knows how far it came, and it counts as done.</summary>
    Chosen,

    /// <summary>It was terminated.</summary>
    Terminated,

    /// <summary>It was not, as the run was refused or the system was not in steady state.</summary>
    NotTerminated,

    /// <summary>It would have been terminated, were it not leashed.</summary>
    WouldTerminate,

    /// <summary>Something was wrong already.</summary>
    Outage,

    /// <summary>The calendar does not permit it any more.</summary>
    Refused,

    /// <summary>There was no instance to choose from, or nobody could tell.</summary>
    NoInstance,

    /// <summary>Nobody was there at its time.</summary>
    Missed,
}
