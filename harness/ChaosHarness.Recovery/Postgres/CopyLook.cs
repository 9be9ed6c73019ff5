using ChaosHarness.Faults.Restores;
using ChaosHarness.Recovery.Databases;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres.Checks;

namespace ChaosHarness.Recovery.Postgres;

/// <summary>The look at a copy that is up: which writes it holds, and whether it is as it has to be.</summary>
internal sealed class CopyLook(PostgresRestore restore, PostgresPlace place, PostgresSource source)
{
    // A dump is loaded into a new system, and has one database.
    private IEnumerable<IPostgresCheck> Always => restore.Backup.AreDumps
        ? [new PagesCheck(), new SequencesCheck(), new TablesCheck()]
        : [new SameSystemCheck(), new PagesCheck(), new SequencesCheck(), new RolesCheck()];

    public async Task LookAsync(bool hasManifest, RestoreNotes notes, CancellationToken cancellationToken)
    {
        var copy = new PostgresCopy(place, source, PostgresCopy.Connect(place));
        await using (copy.ConfigureAwait(false))
        {
            foreach (var (workload, query) in restore.Writes)
            {
                await notes.LookUpAsync(workload, copy.Database.IdsAsync(query, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            foreach (var check in Always.Concat(restore.Checks))
            {
                await notes.CheckAsync(check.Name, token => check.LookAsync(copy, token), cancellationToken).ConfigureAwait(false);
            }

            var hasChecksums = (string?)await copy.AskAsync("SHOW data_checksums", cancellationToken).ConfigureAwait(false) == "on";
            foreach (var gap in Gaps(hasManifest, hasChecksums))
            {
                notes.WouldMiss(gap);
            }
        }
    }

    private IEnumerable<string> Gaps(bool hasManifest, bool hasChecksums)
    {
        if (restore.Writes.Count == 0)
        {
            yield return "rows that are missing, there twice or too new: no workload was looked up (Writes)";
        }

        if (restore.Checks.Count == 0)
        {
            yield return "rows that can be read and say something wrong: nothing was asked of the data (Checks)";
        }

        if (!hasManifest && !hasChecksums)
        {
            yield return "a bit that was flipped in a row: the backup has no manifest, and the pages have no checksums";
        }

        if (restore.Moment is LatestMoment { Promised: null } && !restore.Backup.AreDumps)
        {
            yield return "a log that ends too early: no moment was asked for, and no age promised (RestoreMoment.Latest(\"1m\"))";
        }

        if (restore.OldestBackup is null)
        {
            yield return "that backups are no longer made: one of any age was let pass (OldestBackup)";
        }
    }
}
