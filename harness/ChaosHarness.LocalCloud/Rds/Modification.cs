using Amazon.RDS.Model;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>What of an instance waits for its maintenance window, unless it is wanted at once. Null is no change.</summary>
internal sealed record Modification
{
    public string? Class { get; init; }

    public int? Storage { get; init; }

    public bool? MultiZone { get; init; }

    /// <summary>A retention that begins or ends backups; any other change of it does not wait.</summary>
    public int? BackupRetentionPeriod { get; init; }

    public bool IsEmpty => this == new Modification();

    /// <summary>What is asked for, as far as it is a change.</summary>
    public static Modification Of(ModifyDBInstanceRequest request, DbInstance instance) => new()
    {
        Class = request.DBInstanceClass is { } name && name != instance.Class ? name : null,
        Storage = request.AllocatedStorage is { } size && size != instance.Storage ? size : null,
        MultiZone = request.MultiAZ is { } multiple && multiple != instance.IsMultiZone ? multiple : null,
        BackupRetentionPeriod = request.BackupRetentionPeriod is { } days && (days == 0) != (instance.BackupRetentionPeriod == 0) ? days : null,
    };

    /// <summary>This and what was asked for later.</summary>
    public Modification With(Modification later) => new()
    {
        Class = later.Class ?? Class,
        Storage = later.Storage ?? Storage,
        MultiZone = later.MultiZone ?? MultiZone,
        BackupRetentionPeriod = later.BackupRetentionPeriod ?? BackupRetentionPeriod,
    };

    public PendingModifiedValues ToShape() => new() { DBInstanceClass = Class, AllocatedStorage = Storage, MultiAZ = MultiZone, BackupRetentionPeriod = BackupRetentionPeriod };
}
