using ChaosHarness.Timing;

namespace ChaosHarness.Aws.Restores;

/// <summary>What of the backups of an RDS instance is restored.</summary>
public sealed record RdsBackup
{
    private RdsBackup(string text) => Text = text;

    /// <summary>The newest snapshot that is available.</summary>
    public static RdsBackup NewestSnapshot { get; } = new("from its newest snapshot");

    /// <summary>The latest moment that RDS can restore to.</summary>
    public static RdsBackup LatestMoment { get; } = new("to the latest moment") { IsMoment = true };

    internal string? SnapshotId { get; private init; }

    internal bool IsMoment { get; private init; }

    internal TimeSpan? Before { get; private init; }

    private string Text { get; }

    /// <summary>A snapshot.</summary>
    /// <param name="id">Its identifier.</param>
    /// <returns>The backup.</returns>
    public static RdsBackup Snapshot(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new RdsBackup($"from {id}") { SnapshotId = id };
    }

    /// <summary>A moment before the restore begins. RDS is some minutes behind.</summary>
    /// <param name="ago">How long before, above zero.</param>
    /// <returns>The backup.</returns>
    public static RdsBackup Moment(TimeSpan ago)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ago, TimeSpan.Zero);
        return new RdsBackup($"to {DurationText.Format(ago)} ago") { IsMoment = true, Before = ago };
    }

    /// <summary>Such as <c>from its newest snapshot</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}
