namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Whether the roles, databases and extensions are there that the source has.</summary>
internal sealed class RolesCheck : IPostgresCheck
{
    private const string Query = """
        SELECT coalesce(string_agg(name, chr(10) ORDER BY name), '') FROM (
          SELECT 'role ' || rolname FROM pg_roles UNION ALL SELECT 'database ' || datname FROM pg_database UNION ALL SELECT 'extension ' || extname FROM pg_extension) there(name)
        """;

    public string Name => "roles, databases, extensions";

    public async ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        var wanted = (await copy.Source.AskAsync<string>(Query, cancellationToken).ConfigureAwait(false)).Split('\n');
        var there = ((string)(await copy.AskAsync(Query, cancellationToken).ConfigureAwait(false))!).Split('\n').ToHashSet(StringComparer.Ordinal);
        var missing = wanted.Where(name => !there.Contains(name)).ToList();
        return (missing.Count == 0, missing.Count == 0 ? $"{wanted.Length} there" : $"missing: {string.Join(", ", missing.Take(10))}");
    }
}
