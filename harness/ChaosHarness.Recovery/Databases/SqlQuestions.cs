using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using ChaosHarness.Histories;

namespace ChaosHarness.Recovery.Databases;

/// <summary>Questions to any SQL database.</summary>
internal static class SqlQuestions
{
    /// <summary>The first column of all rows, as ids of writes.</summary>
    public static async IAsyncEnumerable<StoredId> IdsAsync(this DbDataSource database, string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = database.CreateCommand(query);
        command.CommandTimeout = 0;
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    yield return rows.GetValue(0) switch
                    {
                        long number => number,
                        int or short or byte or sbyte or uint or ushort or ulong => Convert.ToInt64(rows.GetValue(0), CultureInfo.InvariantCulture),
                        decimal number when number == decimal.Truncate(number) && number is <= long.MaxValue and >= long.MinValue => (long)number,
                        Guid id => id,
                        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
                    };
                }
            }
        }
    }

    /// <summary>The first column of the first row.</summary>
    public static async ValueTask<object?> AskAsync(this DbDataSource database, string query, CancellationToken cancellationToken)
    {
        var command = database.CreateCommand(query);
        command.CommandTimeout = 0;
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The first column of all rows, as text.</summary>
    public static async ValueTask<IReadOnlyList<string>> ListAsync(this DbDataSource database, string query, CancellationToken cancellationToken)
    {
        var list = new List<string>();
        await foreach (var id in database.IdsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            list.Add(id.ToString());
        }

        return list;
    }
}
