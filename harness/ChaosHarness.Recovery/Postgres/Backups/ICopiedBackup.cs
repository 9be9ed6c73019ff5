namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>Backups that can be copied, for a copy to be broken on purpose.</summary>
public interface ICopiedBackup : IPostgresBackup
{
    /// <summary>Copies a backup with all that a restore of it needs. Nothing of the original is written.</summary>
    /// <param name="backup">Which.</param>
    /// <param name="folder">Where the copy goes; the folder is there and empty.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <returns>The copy, which knows nothing of the original.</returns>
    /// <exception cref="InvalidOperationException">It could not be copied; says why.</exception>
    ValueTask<ICopiedBackup> CopyAsync(FoundBackup backup, string folder, CancellationToken cancellationToken);
}
