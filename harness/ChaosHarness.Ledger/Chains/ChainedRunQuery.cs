using System.Data.Common;
using System.Globalization;
using ChaosHarness.Ledger.Rows;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Chains;

/// <summary>Finds the record of a run, and hashes another record of the same run in its place: the same hash means that both say the same.</summary>
internal static class ChainedRunQuery
{
    public static async Task<ChainedRun?> FindAsync(DbConnection connection, DbTransaction transaction, LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (await RowAsync(connection, transaction, entry.Run.RunId, cancellationToken).ConfigureAwait(false) is not { } run
            || await RecordAsync(connection, transaction, Invariant($"item_no = {run.Number} AND kind IN ('{RecordKind.Run}', '{RecordKind.Found}')"), cancellationToken).ConfigureAwait(false) is not { } record)
        {
            return null;
        }

        var before = record.Number == 1 ? RecordRow.Start : await RecordAsync(connection, transaction, Invariant($"record_no = {record.Number - 1}"), cancellationToken).ConfigureAwait(false);
        var recordedAt = DateTimeOffset.FromUnixTimeMilliseconds(run.RecordedAt);
        var text = RecordedRuns.Write(Prepare(entry with { Run = entry.Run with { RecordedAt = recordedAt } }), record.Kind, record.FoundAt);
        var isSame = before is not null && text.HashAfter(before.Hash).AsSpan().SequenceEqual(record.Hash);
        return new ChainedRun(
            record.Number,
            record.Head.Hash,
            recordedAt,
            record.FoundAt is { } foundAt ? DateTimeOffset.FromUnixTimeMilliseconds(foundAt) : null,
            isSame ? [] : text.Differing(record.Marks) is { Count: > 0 } differing ? differing : ["its hash"]);
    }

    // What it has in common with other runs is hashed as it reads, and needs no numbers.
    private static PreparedRun Prepare(LedgerEntry entry) =>
        new(entry, RunKind.Of(entry.Run), RunRow.From(entry.Run, 0, 0), [.. entry.Run.Figures.Select(figure => FigureRow.Of(0, figure))]);

    private static async Task<(long Number, long RecordedAt)?> RowAsync(DbConnection connection, DbTransaction transaction, string runId, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            command.CommandText = "SELECT run_no, recorded_at FROM runs WHERE run_id = @runId";
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("runId", runId);
            command.Parameters.Add(parameter);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? (reader.GetInt64(0), reader.GetInt64(1)) : null;
            }
        }
    }

    private static async Task<RecordRow?> RecordAsync(DbConnection connection, DbTransaction transaction, string where, CancellationToken cancellationToken)
    {
        RecordRow? record = null;
        await RecordQuery.ReadAsync(connection, transaction, $"SELECT {RecordRow.Columns} FROM records WHERE {where} ORDER BY record_no LIMIT 1", values => record = RecordRow.Of(values), cancellationToken).ConfigureAwait(false);
        return record;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
