namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Whether the files that were fetched are those that the manifest of their backup names, by size and checksum: before PostgreSQL changes any of them.</summary>
internal static class ManifestCheck
{
    public const string Name = "files as in the manifest";
    private const string Manifest = "backup_manifest";

    public static bool Applies(PostgresPlace place) => File.Exists(Path.Combine(place.Data, Manifest)) && File.Exists(place.Program("pg_verifybackup"));

    public static ValueTask<(bool Passed, string Detail)> LookAsync(PostgresPlace place, CancellationToken cancellationToken)
    {
        // What the restore itself puts there is in no manifest. Its log is read while it is replayed.
        var command = CopyCommand.Of(place.User, place.Program("pg_verifybackup"), "--no-parse-wal", "--ignore=recovery.signal", "--ignore=postgresql.auto.conf", "--ignore=pg_wal", place.Data) with { Limit = CopyCommand.Long };
        return CopyCommand.LookAsync(command, "pg_verifybackup found nothing", cancellationToken);
    }
}
