using System.Data.Common;
using System.Globalization;
using ChaosHarness.Ledger.Rows;

namespace ChaosHarness.Ledger.Chains;

/// <summary>The runs of records: which fields they have, on their way into the ledger and when they are read again.</summary>
internal sealed class RecordedRuns(DbConnection connection, DbTransaction transaction)
{
    // Whether it is replaced comes later, and is a record of its own.
    private static readonly (string Table, string Column)[] Fields =
    [
        ("r", "run_id"), ("s", "experiment_id"), ("s", "parameters"), ("s", "system"), ("s", "environment"), ("s", "topology"), ("s", "profile"), ("k", "outcome"), ("k", "evidence"), ("k", "labels"),
        ("r", "attempt"), ("r", "name"), ("r", "branch"), ("r", "commit_id"), ("r", "build"), ("r", "build_url"), ("r", "host"), ("r", "started_by"), ("r", "seed"), ("r", "started_at"), ("r", "duration"), ("r", "recorded_at"), ("r", "reason"),
        ("d", "hypothesis"), ("d", "faults"), ("d", "verdicts"), ("d", "breakers"), ("d", "latency_histogram"), ("d", "timeline"), ("d", "journal"),
    ];

    private static readonly string Selection = $"""
        SELECT r.run_no, r.replaced, {string.Join(", ", Fields.Select(field => $"{field.Table}.{field.Column}"))}
        FROM runs r LEFT JOIN series s ON s.series_no = r.series_no LEFT JOIN kinds k ON k.kind_no = r.kind_no LEFT JOIN details d ON d.run_no = r.run_no
        """;

    // As they are now, and not as somebody read them before; read once, for they are few and stand for many.
    private Dictionary<long, object?[]>? _figureNames;

    /// <summary>What is about to be written.</summary>
    public static RecordText Write(PreparedRun run) => Write(run, RecordKind.Run, null);

    /// <summary>What was written, if it was this.</summary>
    public static RecordText Write(PreparedRun run, string recordKind, long? foundAt)
    {
        var (row, series, kind, details) = (run.Row, run.Entry.Run.Series, run.Kind, run.Entry.Details);
        object?[] values =
        [
            row.RunId, series.ExperimentId, series.Parameters, series.System, series.Environment, series.Topology, series.Profile ?? "", kind.Outcome, kind.Evidence, kind.Labels,
            row.Attempt, row.Name, row.Branch, row.Commit, row.Build, row.BuildUrl, row.Host, row.StartedBy, row.Seed, row.StartedAt, row.Duration, row.RecordedAt, row.Reason,
            details.Hypothesis, details.Faults, details.Verdicts, details.Breakers, details.LatencyHistogram, details.Timeline, details.Journal,
        ];
        var text = new RecordText(recordKind, foundAt);
        Write(text, values, [.. run.Entry.Run.Figures.Zip(run.Figures, (recorded, figure) => FigureFields.Of(FigureName.Of(recorded.Figure), figure))]);
        return text;
    }

    /// <summary>Reads runs, whatever became of them: nothing of them is taken for granted.</summary>
    public async Task<Dictionary<long, RecordedItem>> ReadAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        var items = new Dictionary<long, RecordedItem>(numbers.Count);
        if (numbers.Count == 0)
        {
            return items;
        }

        var names = _figureNames ??= await FigureNamesAsync(cancellationToken).ConfigureAwait(false);
        var some = $"run_no IN ({string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))})";
        var figures = new Dictionary<long, List<FigureFields>>(numbers.Count);
        await ReadAsync($"SELECT run_no, figure_no, lower, upper, objective, met FROM figures WHERE {some}", values => Figures((long)values[0]!).Add(Figure(values, names)), cancellationToken).ConfigureAwait(false);
        await ReadAsync($"{Selection} WHERE r.{some}", values => items[(long)values[0]!] = Item(values, Figures((long)values[0]!)), cancellationToken).ConfigureAwait(false);
        return items;

        List<FigureFields> Figures(long number) => figures.TryGetValue(number, out var known) ? known : figures[number] = [];
    }

    private async Task<Dictionary<long, object?[]>> FigureNamesAsync(CancellationToken cancellationToken)
    {
        var names = new Dictionary<long, object?[]>();
        await ReadAsync("SELECT figure_no, name, subject, unit, better FROM figure_names", values => names[(long)values[0]!] = values[1..], cancellationToken).ConfigureAwait(false);
        return names;
    }

    private Task ReadAsync(string sql, Action<object?[]> row, CancellationToken cancellationToken) => RecordQuery.ReadAsync(connection, transaction, sql, row, cancellationToken);

    private static FigureFields Figure(object?[] values, Dictionary<long, object?[]> names)
    {
        var name = values[1] is long number && names.TryGetValue(number, out var known) ? known : new object?[4];
        return new FigureFields(name[0] as string, name[1] as string, [.. name, .. values.AsSpan(2)]);
    }

    private static RecordedItem Item(object?[] values, List<FigureFields> figures) =>
        new(values[2]?.ToString() ?? "", values[1] is not 0L, text => Write(text, values.AsSpan(2), figures));

    private static void Write(RecordText text, ReadOnlySpan<object?> values, IReadOnlyCollection<FigureFields> figures)
    {
        for (var index = 0; index < Fields.Length; index++)
        {
            text.Add(Fields[index].Column, values[index]);
        }

        text.Add(figures);
    }
}
