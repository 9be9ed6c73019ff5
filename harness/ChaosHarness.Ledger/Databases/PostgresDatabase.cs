using System.Data.Common;
using DbUp;
using Npgsql;

namespace ChaosHarness.Ledger.Databases;

/// <summary>A ledger that pipelines share.</summary>
internal sealed class PostgresDatabase(string connection, string shown) : ILedgerDatabase
{
    // Any number will do, as long as nobody else of the same database uses it.
    private const long UpgradeLock = 0x43_48_41_4f_53_4c;
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var locked = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await ExecuteAsync(locked, "SELECT pg_advisory_lock(@key)", cancellationToken).ConfigureAwait(false);
            try
            {
                SchemaUpgrade.Run(DeployChanges.To.PostgresqlDatabase(connection), shown);
            }
            finally
            {
                await ExecuteAsync(locked, "SELECT pg_advisory_unlock(@key)", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task ExecuteAsync(NpgsqlConnection opened, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, opened);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.AddWithValue("key", UpgradeLock);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
