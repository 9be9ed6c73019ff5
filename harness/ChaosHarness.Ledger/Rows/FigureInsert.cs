using System.Collections.Concurrent;
using System.Data;

namespace ChaosHarness.Ledger.Rows;

/// <summary>Writes the figures of a run with one statement for many of them: a statement each would cost more than all else of an append.</summary>
internal static class FigureInsert
{
    // Far below what either database takes as parameters of one statement.
    private const int FiguresAtOnce = 50;
    private static readonly ConcurrentDictionary<int, string> Statements = new();

    public static void Add(StatementBatch batch, long runNo, IEnumerable<FigureRow> figures)
    {
        foreach (var chunk in figures.Chunk(FiguresAtOnce))
        {
            batch.Add(Statements.GetOrAdd(chunk.Length, Write), Parameters(runNo, chunk));
        }
    }

    private static string Write(int count) =>
        $"INSERT INTO figures (run_no, figure_no, lower, upper, objective, met) VALUES {string.Join(", ", Enumerable.Range(0, count).Select(i => $"(@r, @f{i}, @l{i}, @u{i}, @o{i}, @m{i})"))}";

    private static IEnumerable<(string Name, DbType Type, object? Value)> Parameters(long runNo, FigureRow[] figures)
    {
        yield return ("r", DbType.Int64, runNo);
        foreach (var (index, figure) in figures.Index())
        {
            yield return ($"f{index}", DbType.Int64, figure.FigureNo);
            yield return ($"l{index}", DbType.Double, figure.Lower);
            yield return ($"u{index}", DbType.Double, figure.Upper);
            yield return ($"o{index}", DbType.Double, figure.Objective);
            yield return ($"m{index}", DbType.Int64, figure.Met is { } met ? (met ? 1L : 0L) : null);
        }
    }
}
