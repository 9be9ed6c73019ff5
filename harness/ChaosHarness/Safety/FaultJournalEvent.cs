namespace ChaosHarness.Safety;

/// <summary>What a line of a fault journal says.</summary>
internal enum FaultJournalEvent
{
    /// <summary>A fault is about to take effect.</summary>
    Planned,

    /// <summary>It was undone.</summary>
    Reverted,
}
