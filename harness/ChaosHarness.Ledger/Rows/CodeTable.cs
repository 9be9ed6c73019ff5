using System.Collections.Concurrent;
using System.Data.Common;

namespace ChaosHarness.Ledger.Rows;

/// <summary>
/// A small table that gives numbers to what many rows of another have in common. Once given, a number is kept for good, so it is remembered here as well.
/// It is given before the transaction that needs it: of two processes that meet something new at once one waits for a moment and none for the other's transaction.
/// </summary>
/// <typeparam name="T">What gets a number.</typeparam>
/// <param name="table">The name of the table.</param>
/// <param name="number">The column of the number.</param>
/// <param name="columns">The other columns, all of them texts and together unique.</param>
/// <param name="write">The texts of a value, in the order of the columns.</param>
/// <param name="read">The value that texts are of.</param>
internal sealed class CodeTable<T>(string table, string number, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string>> write, Func<IReadOnlyList<string>, T> read)
    where T : notnull
{
    private readonly string _insert = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))}) ON CONFLICT DO NOTHING";
    private readonly string _find = $"SELECT {number} FROM {table} WHERE {string.Join(" AND ", columns.Select(column => $"{column} = @{column}"))}";
    private readonly string _all = $"SELECT {number}, {string.Join(", ", columns)} FROM {table} ORDER BY {number}";
    private readonly ConcurrentDictionary<T, long> _numbers = new();
    private readonly ConcurrentDictionary<long, T> _values = new();

    /// <summary>The number of a value; a new one gets its number now.</summary>
    public async Task<long> NumberAsync(DbConnection connection, T value, CancellationToken cancellationToken)
    {
        if (_numbers.TryGetValue(value, out var known))
        {
            return known;
        }

        var texts = write(value);
        if (await FindAsync(connection, texts, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            var insert = Command(connection, _insert, texts);
            await using (insert.ConfigureAwait(false))
            {
                await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            found = (await FindAsync(connection, texts, cancellationToken).ConfigureAwait(false))!.Value;
        }

        Remember(found, value);
        return found;
    }

    /// <summary>The values of some numbers.</summary>
    public async Task<IReadOnlyDictionary<long, T>> ValuesAsync(DbConnection connection, IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        if (!numbers.All(_values.ContainsKey))
        {
            await AllAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        return _values;
    }

    /// <summary>Every value with its number, in the order in which they first came.</summary>
    public async Task<IReadOnlyList<(long Number, T Value)>> AllAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var all = new List<(long, T)>();
        var command = Command(connection, _all, []);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var value = read([.. Enumerable.Range(1, columns.Count).Select(reader.GetString)]);
                    Remember(reader.GetInt64(0), value);
                    all.Add((reader.GetInt64(0), value));
                }
            }
        }

        return all;
    }

    private void Remember(long given, T value)
    {
        _numbers[value] = given;
        _values[given] = value;
    }

    private async Task<long?> FindAsync(DbConnection connection, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var command = Command(connection, _find, texts);
        await using (command.ConfigureAwait(false))
        {
            return (long?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private DbCommand Command(DbConnection connection, string sql, IReadOnlyList<string> texts)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of the names of tables and columns, never of what somebody gave.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (index, text) in texts.Index())
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = columns[index];
            parameter.Value = text;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
