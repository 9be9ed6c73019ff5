using Npgsql;

namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Whether each sequence is ahead of the column that it fills: behind it, the first insert fails that comes after the restore.</summary>
internal sealed class SequencesCheck : IPostgresCheck
{
    private const string Owned = """
        SELECT format('SELECT %L || '': '' || max(%I) || '' of '' || (SELECT last_value FROM %s) FROM %s HAVING max(%I) > (SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM %s)',
                      s.oid::regclass, a.attname, s.oid::regclass, d.refobjid::regclass, a.attname, s.oid::regclass)
        FROM pg_class s
        JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        JOIN pg_sequence q ON q.seqrelid = s.oid AND q.seqincrement > 0
        WHERE s.relkind = 'S' AND d.refobjsubid > 0 AND a.atttypid IN (20, 21, 23)
        """;

    public string Name => "sequences ahead of their data";

    public async ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        var behind = new List<string>();
        var queries = await ReadAsync(copy.Database, Owned, cancellationToken).ConfigureAwait(false);
        foreach (var query in queries)
        {
            behind.AddRange(await ReadAsync(copy.Database, query, cancellationToken).ConfigureAwait(false));
        }

        return (behind.Count == 0, behind.Count == 0 ? $"{queries.Count} looked at" : "behind: " + string.Join(", ", behind.Take(5)));
    }

    internal static async ValueTask<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource database, string query, CancellationToken cancellationToken)
    {
        var command = database.CreateCommand(query);
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                var texts = new List<string>();
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    texts.Add(rows.GetString(0));
                }

                return texts;
            }
        }
    }
}
