namespace ChaosHarness.Ledger.FollowUps;

/// <summary>What became of a finding.</summary>
public enum FollowUpEventKind
{
    /// <summary>A run that passed proved that it is mended.</summary>
    ClosedByRun,

    /// <summary>A person closed it without such a run, and said why: a risk that is accepted.</summary>
    ClosedByPerson,

    /// <summary>A run failed again after one had proved that it was mended.</summary>
    Reopened,
}
