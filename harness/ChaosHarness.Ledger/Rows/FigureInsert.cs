using System.Collections.Concurrent;
using System.Data.Common;

namespace ChaosHarness.Ledger.Rows;

/// <summary>Writes the figures of a run with one statement for many of them: a statement each would cost more than all else of an append.</summary>
internal static class FigureInsert
{
    // Far below what either database takes as parameters of one statement.
    private const int FiguresAtOnce = 50;
    private static readonly ConcurrentDictionary<int, string> Statements = new();

    public static async Task RunAsync(DbConnection connection, DbTransaction transaction, long runNo, IReadOnlyList<FigureRow> figures, CancellationToken cancellationToken)
    {
        foreach (var chunk in figures.Chunk(FiguresAtOnce))
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = transaction;
#pragma warning disable CA2100 // Made of numbers alone.
                command.CommandText = Statements.GetOrAdd(chunk.Length, Write);
#pragma warning restore CA2100
                Add(command, "r", runNo);
                foreach (var (index, figure) in chunk.Index())
                {
                    Add(command, $"f{index}", figure.FigureNo);
                    Add(command, $"l{index}", figure.Lower);
                    Add(command, $"u{index}", figure.Upper);
                    Add(command, $"o{index}", figure.Objective);
                    Add(command, $"m{index}", figure.Met is { } met ? (met ? 1L : 0L) : null);
                }

                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string Write(int count) =>
        $"INSERT INTO figures (run_no, figure_no, lower, upper, objective, met) VALUES {string.Join(", ", Enumerable.Range(0, count).Select(i => $"(@r, @f{i}, @l{i}, @u{i}, @o{i}, @m{i})"))}";

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        // Without a type PostgreSQL cannot tell what kind of null this is.
        parameter.DbType = name[0] is 'l' or 'u' or 'o' ? System.Data.DbType.Double : System.Data.DbType.Int64;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
