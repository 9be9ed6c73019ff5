namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>A backup that was found.</summary>
/// <param name="Label">What its tool calls it.</param>
/// <param name="Finished">When it was complete: it can be restored to no earlier moment.</param>
public sealed record FoundBackup(string Label, DateTimeOffset Finished)
{
    /// <summary>When it was begun, where its tool tells; of a dump, everything committed before that is in it.</summary>
    /// <value>Default: null, unknown.</value>
    public DateTimeOffset? Began { get; init; }

    /// <summary>How much it takes where it is restored, in bytes, at least.</summary>
    /// <value>Default: 0, unknown.</value>
    public long Size { get; init; }
}
