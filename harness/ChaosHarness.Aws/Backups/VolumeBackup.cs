namespace ChaosHarness.Aws.Backups;

/// <summary>The backup of a volume that is in use.</summary>
/// <param name="VolumeId">The volume.</param>
/// <param name="InstanceId">The instance that uses it.</param>
/// <param name="SnapshotId">The newest complete snapshot; null when there is none.</param>
/// <param name="State">What it is worth.</param>
/// <param name="Detail">What was seen, in a sentence.</param>
public sealed record VolumeBackup(string VolumeId, string InstanceId, string? SnapshotId, VolumeBackupState State, string Detail);
