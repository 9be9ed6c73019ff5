using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Postgres.Backups;

namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Whether the files that were fetched are those that the manifest of their backup names, by size and checksum: before PostgreSQL changes any of them.</summary>
internal static class ManifestCheck
{
    public const string Name = "files as in the manifest";
    private const string Manifest = "backup_manifest";
    private const int MostWords = 300;

    public static bool Applies(PostgresPlace place) => File.Exists(Path.Combine(place.Data, Manifest)) && File.Exists(place.Program("pg_verifybackup"));

    public static async ValueTask<(bool Passed, string Detail)> LookAsync(PostgresPlace place, CancellationToken cancellationToken)
    {
        // What the restore itself puts there is in no manifest. Its log is read while it is replayed.
        var command = RunAs.Of(place, place.Program("pg_verifybackup"), "--no-parse-wal", "--ignore=recovery.signal", "--ignore=postgresql.auto.conf", "--ignore=pg_wal", place.Data) with { Limit = RunAs.Long };
        var result = await new LocalHost().RunAsync(command, cancellationToken).ConfigureAwait(false);
        var said = string.Join(' ', $"{result.Output} {result.Error}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (result.IsSuccess, result.IsSuccess ? "pg_verifybackup found nothing" : said.Length > MostWords ? said[..MostWords] : said);
    }
}
