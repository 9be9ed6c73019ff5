namespace ChaosHarness.Histories;

/// <summary>Where an operation stands at a moment of the run.</summary>
public enum Standing
{
    /// <summary>It was answered well.</summary>
    Good,

    /// <summary>It failed, was too slow, or could not be sent.</summary>
    Bad,

    /// <summary>It is still open, and longer than answers take: bad, whatever it answers later.</summary>
    Overdue,

    /// <summary>It is still open, and no longer than answers take: nobody can know yet, so it counts in nothing.</summary>
    Young,
}
