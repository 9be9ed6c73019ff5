using System.Data;
using System.Data.Common;
using System.Globalization;
using ChaosHarness.Ledger.Rows;
using Dapper;

namespace ChaosHarness.Ledger.Chains;

/// <summary>A table whose rows are written once, each with a record of all that it says.</summary>
/// <param name="Kind">What its records are of.</param>
/// <param name="Table">Its name.</param>
/// <param name="Number">The column that numbers its rows.</param>
/// <param name="Finding">The column with the number of the finding that a row is of.</param>
/// <param name="Columns">The other columns, in the order in which they are hashed.</param>
internal sealed record RecordedTable(string Kind, string Table, string Number, string Finding, IReadOnlyList<(string Name, DbType Type)> Columns)
{
    private readonly string _insert = $"INSERT INTO {Table} ({Number}, {string.Join(", ", Columns.Select(column => column.Name))}) VALUES (@{Number}, {string.Join(", ", Columns.Select(column => "@" + column.Name))})";
    private readonly string _next = $"SELECT COALESCE(MAX({Number}), 0) + 1 FROM {Table}";

    /// <summary>Writes a row and its record. Numbers are given here, for nobody else appends: they begin with 1 and have no gaps.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="transaction">The transaction of the chain.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="values">The values, in the order of the columns.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The number of the row.</returns>
    public async Task<long> WriteAsync(DbConnection connection, DbTransaction transaction, ChainWriter chain, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        var number = await connection.ExecuteScalarAsync<long>(new CommandDefinition(_next, transaction: transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        var text = new RecordText(Kind, null);
        Write(text, number, values);
        chain.Add(Kind, number, Id(Finding == Number ? number : values[0]), null, text);
        var batch = new StatementBatch(connection, transaction);
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(_insert, Columns.Zip(values, (column, value) => (column.Name, column.Type, value)).Prepend((Number, DbType.Int64, number)));
            chain.MoveTo(batch);
            await batch.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }

        return number;
    }

    /// <summary>Reads rows, whatever became of them.</summary>
    public async Task<Dictionary<long, RecordedItem>> ReadAsync(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        var items = new Dictionary<long, RecordedItem>(numbers.Count);
        if (numbers.Count > 0)
        {
            var sql = $"SELECT {Number}, {Finding}, {string.Join(", ", Columns.Select(column => column.Name))} FROM {Table} WHERE {Number} IN ({string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))})";
            await RecordQuery.ReadAsync(connection, transaction, sql, values => items[(long)values[0]!] = new RecordedItem(Id(values[1]), false, text => Write(text, (long)values[0]!, values[2..])), cancellationToken).ConfigureAwait(false);
        }

        return items;
    }

    /// <summary>What people call the finding of a row.</summary>
    public static string Id(object? finding) => string.Create(CultureInfo.InvariantCulture, $"F{finding}");

    private void Write(RecordText text, long number, IReadOnlyList<object?> values)
    {
        text.Add(Number, number);
        foreach (var (column, value) in Columns.Zip(values))
        {
            text.Add(column.Name, value);
        }
    }
}
