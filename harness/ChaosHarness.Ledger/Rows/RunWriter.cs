using System.Data.Common;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger.Rows;

/// <summary>Writes runs, each of them once, with its figures and details.</summary>
internal sealed class RunWriter(LedgerCodes codes, TimeProvider time)
{
    // A next attempt begins right after the one before; a test may take hours, and tomorrow's is no attempt of today's.
    private static readonly long LongestAttempt = (long)TimeSpan.FromHours(12).TotalMilliseconds;

    private static readonly string InsertRun =
        $"INSERT INTO runs ({string.Join(", ", RunRow.Columns.Select(column => column.Column))}) VALUES ({string.Join(", ", RunRow.Columns.Select(column => "@" + column.Property))}) ON CONFLICT (run_id) DO NOTHING RETURNING run_no";

    private const string InsertDetails =
        "INSERT INTO details (run_no, hypothesis, faults, verdicts, breakers, latency_histogram, timeline, journal) VALUES (@runNo, @Hypothesis, @Faults, @Verdicts, @Breakers, @LatencyHistogram, @Timeline, @Journal)";

    private const string OfTheSameTest = "series_no = @SeriesNo AND COALESCE(host, '') = COALESCE(@Host, '')";

    private const string NextAttempt =
        $"SELECT attempt FROM runs WHERE {OfTheSameTest} AND started_at > @StartedAt AND started_at <= @StartedAt + @LongestAttempt ORDER BY started_at LIMIT 1";

    private const string ReplaceTheOneBefore =
        $"UPDATE runs SET replaced = 1 WHERE run_no = (SELECT run_no FROM runs WHERE {OfTheSameTest} AND replaced = 0 AND attempt = @Attempt - 1 AND started_at < @StartedAt AND started_at >= @StartedAt - @LongestAttempt ORDER BY started_at DESC LIMIT 1) RETURNING run_no, run_id";

    /// <summary>A run as it will be written; what it has in common with others gets its numbers, outside of any transaction.</summary>
    public async Task<PreparedRun> PrepareAsync(DbConnection connection, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var run = entry.Run with { RecordedAt = time.GetUtcNow() };
        var kind = RunKind.Of(run);
        var series = await codes.Series.NumberAsync(connection, run.Series, cancellationToken).ConfigureAwait(false);
        var kindNo = await codes.Kinds.NumberAsync(connection, kind, cancellationToken).ConfigureAwait(false);
        var rows = new List<FigureRow>(run.Figures.Count);
        foreach (var recorded in run.Figures)
        {
            rows.Add(FigureRow.Of(await codes.Figures.NumberAsync(connection, FigureName.Of(recorded.Figure), cancellationToken).ConfigureAwait(false), recorded));
        }

        return new PreparedRun(entry, kind, RunRow.From(run, series, kindNo), rows);
    }

    /// <summary>Writes a run and its record, unless it is there.</summary>
    /// <returns>Whether it was new.</returns>
    public static async Task<bool> WriteAsync(DbConnection connection, DbTransaction transaction, PreparedRun run, ChainWriter chain, CancellationToken cancellationToken)
    {
        var row = run.Row;
        var attempts = new { row.SeriesNo, row.Host, row.StartedAt, row.Attempt, LongestAttempt };
        row.Replaced = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(NextAttempt, attempts, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false) == row.Attempt + 1 ? 1 : 0;
        if (await connection.ExecuteScalarAsync<long?>(new CommandDefinition(InsertRun, row, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false) is not { } runNo)
        {
            return false;
        }

        var details = run.Entry.Details;
        var parameters = new { runNo, details.Hypothesis, details.Faults, details.Verdicts, details.Breakers, details.LatencyHistogram, details.Timeline, details.Journal };
        await connection.ExecuteAsync(new CommandDefinition(InsertDetails, parameters, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        await FigureInsert.RunAsync(connection, transaction, runNo, [.. run.Figures.OrderBy(figure => figure.FigureNo)], cancellationToken).ConfigureAwait(false);
        chain.Add(RecordKind.Run, runNo, row.RunId, null, RecordedRuns.Write(run));
        if (row.Replaced != 0)
        {
            chain.AddReplaced(runNo, row.RunId);
        }

        if (row.Attempt > 1 && await connection.QueryFirstOrDefaultAsync<(long RunNo, string RunId)?>(new CommandDefinition(ReplaceTheOneBefore, attempts, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false) is var (replacedNo, replacedId))
        {
            chain.AddReplaced(replacedNo, replacedId);
        }

        return true;
    }
}
