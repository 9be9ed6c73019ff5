namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Whether every table, index, view, sequence and function of users is there that the source has in the database of the same name.</summary>
internal sealed class TablesCheck : IPostgresCheck
{
    private const string Query = """
        SELECT coalesce(string_agg(name, chr(10) ORDER BY name), '') FROM (
          SELECT CASE c.relkind WHEN 'i' THEN 'index ' WHEN 'S' THEN 'sequence ' WHEN 'v' THEN 'view ' ELSE 'table ' END || c.oid::regclass::text FROM pg_class c
          WHERE c.relkind IN ('r', 'p', 'm', 'v', 'i', 'S') AND c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_%' OR nspname = 'information_schema')
          UNION ALL
          SELECT 'function ' || p.oid::regprocedure::text FROM pg_proc p
          WHERE p.pronamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_%' OR nspname = 'information_schema')) there(name)
        """;

    public string Name => "tables, indexes, functions";

    public async ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        var wanted = (await copy.Source.AskAsync<string>(Query, cancellationToken).ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var there = ((string)(await copy.AskAsync(Query, cancellationToken).ConfigureAwait(false))!).Split('\n').ToHashSet(StringComparer.Ordinal);
        var missing = wanted.Where(name => !there.Contains(name)).ToList();
        return (missing.Count == 0, missing.Count == 0 ? $"{wanted.Length} there" : $"missing: {string.Join(", ", missing.Take(10))}");
    }
}
