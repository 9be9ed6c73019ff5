using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger;

/// <summary>Questions that reports ask a ledger again and again. Runs that claim to have begun in the future are left out: a clock was wrong by more than five minutes.</summary>
public static class LedgerQueries
{
    // Machines that share a ledger do not agree to the second.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The experiments that have runs.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Their ids, sorted.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<IReadOnlyList<string>> ExperimentsAsync(RunLedger ledger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        // From one id to the next in the index: a million runs of two hundred experiments are two hundred steps.
        const string Sql = """
            WITH RECURSIVE ids(id) AS (
                SELECT MIN(experiment_id) FROM runs
                UNION ALL
                SELECT (SELECT MIN(experiment_id) FROM runs WHERE experiment_id > ids.id) FROM ids WHERE ids.id IS NOT NULL
            )
            SELECT id FROM ids WHERE id IS NOT NULL
            """;
        return ledger.AskAsync<IReadOnlyList<string>>(
            async connection => [.. (await connection.QueryAsync<string>(new CommandDefinition(Sql, cancellationToken: cancellationToken)).ConfigureAwait(false)).Order(StringComparer.Ordinal)],
            cancellationToken);
    }

    /// <summary>The latest runs of an experiment.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The runs, the newest first.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<IReadOnlyList<LedgerRun>> LatestAsync(RunLedger ledger, string experimentId, DateTimeOffset now, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return ledger.RunsAsync(
            "WHERE experiment_id = @experimentId AND started_at <= @until ORDER BY started_at DESC, run_id DESC LIMIT @count",
            new { experimentId, until = Until(now), count = (long)count },
            cancellationToken);
    }

    /// <summary>How many runs claim to have begun in the future.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<long> FromTheFutureAsync(RunLedger ledger, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return ledger.AskAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM runs WHERE started_at > @until", new { until = Until(now) }, cancellationToken: cancellationToken)),
            cancellationToken);
    }

    /// <summary>The latest start, in Unix milliseconds, that is not taken for one in the future.</summary>
    internal static long Until(DateTimeOffset now) => (now + ClockTolerance).ToUnixTimeMilliseconds();
}
