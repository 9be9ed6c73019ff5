using System.Data;
using System.Data.Common;
using System.Globalization;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger.Rows;

/// <summary>Writes runs, each of them once, with its figures and details.</summary>
internal sealed class RunWriter(LedgerCodes codes, TimeProvider time)
{
    // A next attempt begins right after the one before; a test may take hours, and tomorrow's is no attempt of today's.
    private static readonly long LongestAttempt = (long)TimeSpan.FromHours(12).TotalMilliseconds;

    private const string OfTheSameTest = "series_no = @SeriesNo AND COALESCE(host, '') = COALESCE(@Host, '')";

    // A later attempt may be there already: journals come in any order. Asked with the same statement, for that is one way to the database and back.
    private static readonly string InsertRunAndFindNextAttempt = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO runs ({string.Join(", ", RunRow.Columns.Select(column => column.Column))}) VALUES ({string.Join(", ", RunRow.Columns.Select(column => "@" + column.Property))}) ON CONFLICT (run_id) DO NOTHING RETURNING run_no;
        SELECT attempt FROM runs WHERE {OfTheSameTest} AND started_at > @StartedAt AND started_at <= @StartedAt + {LongestAttempt} ORDER BY started_at LIMIT 1
        """);

    private const string Replace = "UPDATE runs SET replaced = 1 WHERE run_no = @runNo";

    private const string InsertDetails =
        "INSERT INTO details (run_no, hypothesis, faults, verdicts, breakers, latency_histogram, timeline, journal) VALUES (@runNo, @Hypothesis, @Faults, @Verdicts, @Breakers, @LatencyHistogram, @Timeline, @Journal)";

    private static readonly string ReplaceTheOneBefore = string.Create(
        CultureInfo.InvariantCulture,
        $"UPDATE runs SET replaced = 1 WHERE run_no = (SELECT run_no FROM runs WHERE {OfTheSameTest} AND replaced = 0 AND attempt = @Attempt - 1 AND started_at < @StartedAt AND started_at >= @StartedAt - {LongestAttempt} ORDER BY started_at DESC LIMIT 1) RETURNING run_no, run_id");

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
        var (added, next) = await InsertAsync(connection, transaction, row, cancellationToken).ConfigureAwait(false);
        if (added is not { } runNo)
        {
            return false;
        }

        chain.Add(RecordKind.Run, runNo, row.RunId, null, RecordedRuns.Write(run));
        if (next == row.Attempt + 1)
        {
            await connection.ExecuteAsync(new CommandDefinition(Replace, new { runNo }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
            chain.AddReplaced(runNo, row.RunId);
            row.Replaced = 1;
        }

        if (row.Attempt > 1 && await connection.QueryFirstOrDefaultAsync<(long RunNo, string RunId)?>(new CommandDefinition(ReplaceTheOneBefore, row, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false) is var (replacedNo, replacedId))
        {
            chain.AddReplaced(replacedNo, replacedId);
        }

        var batch = new StatementBatch(connection, transaction);
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(InsertDetails, Parameters(runNo, run.Entry.Details));
            FigureInsert.Add(batch, runNo, run.Figures.OrderBy(figure => figure.FigureNo));
            chain.MoveTo(batch);
            await batch.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private static async Task<(long? RunNo, long? NextAttempt)> InsertAsync(DbConnection connection, DbTransaction transaction, RunRow row, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
#pragma warning disable CA2100 // Made of the names of columns, and of a number.
            command.CommandText = InsertRunAndFindNextAttempt;
#pragma warning restore CA2100
            StatementBatch.Add(command, row.Parameters());
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var runNo = await FirstAsync(reader, cancellationToken).ConfigureAwait(false);
                return (runNo, await reader.NextResultAsync(cancellationToken).ConfigureAwait(false) ? await FirstAsync(reader, cancellationToken).ConfigureAwait(false) : null);
            }
        }
    }

    private static async Task<long?> FirstAsync(DbDataReader reader, CancellationToken cancellationToken) => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetInt64(0) : null;

    private static IEnumerable<(string Name, DbType Type, object? Value)> Parameters(long runNo, RunDetails details) =>
    [
        ("runNo", DbType.Int64, runNo),
        ("Hypothesis", DbType.String, details.Hypothesis),
        ("Faults", DbType.String, details.Faults),
        ("Verdicts", DbType.String, details.Verdicts),
        ("Breakers", DbType.String, details.Breakers),
        ("LatencyHistogram", DbType.String, details.LatencyHistogram),
        ("Timeline", DbType.String, details.Timeline),
        ("Journal", DbType.String, details.Journal),
    ];
}
