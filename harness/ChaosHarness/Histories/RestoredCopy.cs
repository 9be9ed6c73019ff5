using ChaosHarness.Timing;

namespace ChaosHarness.Histories;

/// <summary>What a restore brought back, or how far it came. Times are since the start of the run.</summary>
/// <param name="Name">Which restore.</param>
/// <param name="When">From its beginning to the end of its last check.</param>
public sealed record RestoredCopy(string Name, TimeWindow When)
{
    /// <summary>When the moment was to which it was restored: not before its start, not after its end, as clocks of two machines tell it. Null when it was restored to the latest that there was.</summary>
    public TimeWindow? Target { get; init; }

    /// <summary>What it consisted of, in order.</summary>
    public IReadOnlyList<RestorePhase> Phases { get; init; } = [];

    /// <summary>What was looked at in the copy.</summary>
    public IReadOnlyList<RestoreCheck> Checks { get; init; } = [];

    /// <summary>The writes that were looked up in it.</summary>
    public IReadOnlyList<HeldWrites> Held { get; init; } = [];

    /// <summary>What nobody looked at, in words: what a sound copy may still hide.</summary>
    public IReadOnlyList<string> WouldMiss { get; init; } = [];

    /// <summary>Whether it is of a backup that was broken on purpose: it says something of the checks, and nothing of the backup.</summary>
    public bool IsOfBrokenBackup { get; init; }

    /// <summary>Why there is no copy that could be used; null when there is.</summary>
    public string? Problem { get; init; }
}
