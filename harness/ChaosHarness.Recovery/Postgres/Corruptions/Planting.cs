using ChaosHarness.Recovery.Postgres.Backups;

namespace ChaosHarness.Recovery.Postgres.Corruptions;

/// <summary>A corruption that is being planted in a copy of a backup.</summary>
internal sealed class Planting(ICopiedBackup backup, Corruption corruption)
{
    /// <summary>Whether the copy is broken. Whatever went wrong before that noticed nothing.</summary>
    public bool IsPlanted { get; private set; }

    public async ValueTask<IPostgresBackup> PlantAsync(FoundBackup found, string folder, CancellationToken cancellationToken)
    {
        var copy = await backup.CopyAsync(found, folder, cancellationToken).ConfigureAwait(false);
        var broken = await corruption.PlantAsync(copy, folder, cancellationToken).ConfigureAwait(false);
        IsPlanted = true;
        return broken;
    }
}
