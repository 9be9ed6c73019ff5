using System.Data.Common;
using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger.Rows;

/// <summary>Reads runs, with their figures or without.</summary>
internal sealed class RunQuery(LedgerCodes codes)
{
    private const int RunsAtOnce = 500;

    public static async Task<IReadOnlyList<RunRow>> RowsAsync(DbConnection connection, string where, object parameters, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<RunRow>(new CommandDefinition($"SELECT {RunRow.Selection} FROM runs {where}", parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)];

    /// <summary>The runs of rows, with all of their figures.</summary>
    public async Task<IReadOnlyList<LedgerRun>> WithFiguresAsync(DbConnection connection, IReadOnlyList<RunRow> rows, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<long, List<RecordedFigure>>(rows.Count);
        foreach (var chunk in rows.Chunk(RunsAtOnce))
        {
            await ReadFiguresAsync(connection, chunk, figures, cancellationToken).ConfigureAwait(false);
        }

        return await RunsAsync(connection, rows, row => figures.TryGetValue(row.RunNo, out var known) ? known : [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The runs of rows, without their figures.</summary>
    public Task<IReadOnlyList<LedgerRun>> WithoutFiguresAsync(DbConnection connection, IReadOnlyList<RunRow> rows, CancellationToken cancellationToken) =>
        RunsAsync(connection, rows, _ => [], cancellationToken);

    private async Task<IReadOnlyList<LedgerRun>> RunsAsync(DbConnection connection, IReadOnlyList<RunRow> rows, Func<RunRow, IReadOnlyList<RecordedFigure>> figures, CancellationToken cancellationToken)
    {
        var series = await codes.Series.ValuesAsync(connection, rows.Select(row => row.SeriesNo), cancellationToken).ConfigureAwait(false);
        var kinds = await codes.Kinds.ValuesAsync(connection, rows.Select(row => row.KindNo), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRun(series[row.SeriesNo], kinds[row.KindNo], figures(row)))];
    }

    private async Task ReadFiguresAsync(DbConnection connection, RunRow[] rows, Dictionary<long, List<RecordedFigure>> figures, CancellationToken cancellationToken)
    {
        var found = new List<(long RunNo, FigureRow Row)>(rows.Length * 16);
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // Made of numbers alone.
            command.CommandText = $"SELECT run_no, figure_no, lower, upper, objective, met FROM figures WHERE run_no IN ({string.Join(',', rows.Select(row => row.RunNo.ToString(CultureInfo.InvariantCulture)))}) ORDER BY run_no, figure_no";
#pragma warning restore CA2100
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    found.Add((reader.GetInt64(0), new FigureRow(reader.GetInt64(1), Number(reader, 2), Number(reader, 3), Number(reader, 4), reader.IsDBNull(5) ? null : reader.GetInt64(5) != 0)));
                }
            }
        }

        var names = await codes.Figures.ValuesAsync(connection, found.Select(entry => entry.Row.FigureNo), cancellationToken).ConfigureAwait(false);
        foreach (var (runNo, row) in found)
        {
            if (!figures.TryGetValue(runNo, out var known))
            {
                figures[runNo] = known = [];
            }

            known.Add(row.ToFigure(names[row.FigureNo]));
        }
    }

    private static double? Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
}
