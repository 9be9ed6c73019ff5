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

    /// <summary>This and what is asked for now. What is as it is asked for already waits no longer: that is how a change is taken back.</summary>
    public Modification With(ModifyDBInstanceRequest request, DbInstance instance) => new()
    {
        Class = request.DBInstanceClass is { } name ? (name == instance.Class ? null : name) : Class,
        Storage = request.AllocatedStorage is { } size ? (size == instance.Storage ? null : size) : Storage,
        MultiZone = request.MultiAZ is { } multiple ? (multiple == instance.IsMultiZone ? null : multiple) : MultiZone,
        BackupRetentionPeriod = request.BackupRetentionPeriod is { } days ? ((days == 0) == (instance.BackupRetentionPeriod == 0) ? null : days) : BackupRetentionPeriod,
    };

    public PendingModifiedValues ToShape() => new() { DBInstanceClass = Class, AllocatedStorage = Storage, MultiAZ = MultiZone, BackupRetentionPeriod = BackupRetentionPeriod };
}
