namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>Backups of one database, as some tool keeps them that is run on this machine.</summary>
public interface IPostgresBackup
{
    /// <summary>What keeps them, such as <c>pgBackRest</c>.</summary>
    string Name { get; }

    /// <summary>Whether they are statements rather than files: of one moment each, with no log to replay, and loaded into a new system.</summary>
    /// <value>Default: false.</value>
    bool AreDumps => false;

    /// <summary>Looks whether the tool is there. Has no effect.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What is missing, and what to do about it; null when nothing is.</returns>
    ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken);

    /// <summary>Finds the newest backup that can be restored to a moment. Has no effect.</summary>
    /// <param name="moment">The moment; null for the latest.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The backup.</returns>
    /// <exception cref="InvalidOperationException">There is none; says why.</exception>
    ValueTask<FoundBackup> FindAsync(DateTimeOffset? moment, CancellationToken cancellationToken);

    /// <summary>Fills the data folder of a place, ready to be started: PostgreSQL then recovers to the moment, and ends recovery there.</summary>
    /// <param name="backup">Which backup.</param>
    /// <param name="place">Where it goes; its data folder is there and empty, and belongs to the user of the place.</param>
    /// <param name="moment">The moment; null for the latest.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Settings that the copy is started with.</returns>
    /// <exception cref="InvalidOperationException">It could not be fetched; with what the tool wrote.</exception>
    ValueTask<IReadOnlyDictionary<string, string>> FetchAsync(FoundBackup backup, PostgresPlace place, DateTimeOffset? moment, CancellationToken cancellationToken);

    /// <summary>Loads what no data folder holds into the copy, which is up and answers. Does nothing by default.</summary>
    /// <param name="backup">Which backup.</param>
    /// <param name="place">Where the copy is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is loaded.</returns>
    /// <exception cref="InvalidOperationException">It could not be loaded; with what the tool wrote.</exception>
    ValueTask LoadAsync(FoundBackup backup, PostgresPlace place, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
