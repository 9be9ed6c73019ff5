namespace ChaosHarness.Checkers.Recovery;

/// <summary>What a request says of the system.</summary>
internal enum RequestKind
{
    /// <summary>Nothing: nobody has begun it, or it was over before the strike.</summary>
    Ignored,

    /// <summary>It saw the system up at some moment between its being sent and its answer.</summary>
    Good,

    /// <summary>It met the system down.</summary>
    Bad,

    /// <summary>It may have met the system down: it holds the upper bound back and cannot raise the lower one.</summary>
    Doubt,

    /// <summary>It is open, and no longer than answers take: nobody can know yet.</summary>
    Pending,
}
