using System.Data.Common;

namespace ChaosHarness.Ledger.Chains;

/// <summary>Reads rows as the database has them: what somebody changed by hand need not be of the type that a column promises.</summary>
internal static class RecordQuery
{
    public static async Task ReadAsync(DbConnection connection, DbTransaction transaction, string sql, Action<object?[]> row, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
#pragma warning disable CA2100 // Made of the names of columns, and of numbers.
            command.CommandText = sql;
#pragma warning restore CA2100
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var values = new object?[reader.FieldCount];
                    for (var column = 0; column < values.Length; column++)
                    {
                        values[column] = reader.IsDBNull(column) ? null : reader.GetValue(column);
                    }

                    row(values);
                }
            }
        }
    }
}
