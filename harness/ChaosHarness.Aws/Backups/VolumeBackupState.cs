namespace ChaosHarness.Aws.Backups;

/// <summary>What the backup of a volume is worth.</summary>
public enum VolumeBackupState
{
    /// <summary>There is a snapshot that is complete and recent, and a volume may be made of it.</summary>
    Sound,

    /// <summary>There is no snapshot.</summary>
    Missing,

    /// <summary>There is none that is complete yet.</summary>
    Incomplete,

    /// <summary>The newest that is complete is too old.</summary>
    Old,

    /// <summary>There is one, and the caller may not make a volume of it: whether it could be restored nobody knows.</summary>
    Denied,

    /// <summary>There is one, and AWS would refuse to make a volume of it.</summary>
    Unusable,
}
