using System.Runtime.CompilerServices;
using ChaosHarness.Histories;
using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.Workloads;
using Npgsql;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Writes to PostgreSQL as a file describes them.</summary>
internal static class SqlWrites
{
    public static (Workload Workload, IAsyncDisposable? Held) Of(string name, double rate, Values values)
    {
        var source = NpgsqlDataSource.Create(values.Get(SqlSection.Connect)!);
        var statement = values.Get(SqlSection.Write)!;
        var workload = new Workload(name, rate, (write, token) => SendAsync(source, IdText.Fill(statement, write.Id), token));
        return (values.Get(SqlSection.ReadBack) is { } query ? workload.ReadBack(token => StoredAsync(source, query, token)) : workload, source);
    }

    private static async ValueTask<WriteOutcome> SendAsync(NpgsqlDataSource source, string statement, CancellationToken cancellationToken)
    {
        var command = source.CreateCommand(statement);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return WriteOutcome.Ack();
        }
    }

    /// <summary>The ids in the first column of a query.</summary>
    public static async IAsyncEnumerable<StoredId> StoredAsync(NpgsqlDataSource source, string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = source.CreateCommand(query);
        await using var ofCommand = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (IdText.Of(reader.GetValue(0)) is { } id)
            {
                yield return id;
            }
        }
    }
}
