using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using DbUp;
using Npgsql;

namespace ChaosHarness.Ledger.Databases;

/// <summary>A ledger that pipelines share.</summary>
internal sealed class PostgresDatabase(string connection, string shown) : ILedgerDatabase
{
    // Any number will do, as long as nobody else of the same database uses it.
    private const long UpgradeLock = 0x43_48_41_4f_53_4c;
    private const long AppendLock = UpgradeLock + 1;
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    // Not now(), which is when the transaction began.
    public string Now => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    // Given back with the end of the transaction.
    public string Turn { get; } = string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({AppendLock}); ");

    public async Task<bool> MigrateAsync(bool isAsked, CancellationToken cancellationToken)
    {
        var locked = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            if (SchemaUpgrade.IsDone(await ExecutedAsync(locked, cancellationToken).ConfigureAwait(false), shown))
            {
                return false;
            }

            var wasOlder = false;
            await ExecuteAsync(locked, "SELECT pg_advisory_lock(@key)", cancellationToken).ConfigureAwait(false);
            try
            {
                SchemaUpgrade.Run(DeployChanges.To.PostgresqlDatabase(connection), SchemaDialect.Postgres, shown, () =>
                {
                    Refuse(isAsked);
                    wasOlder = true;
                });
                return wasOlder;
            }
            finally
            {
                await ExecuteAsync(locked, "SELECT pg_advisory_unlock(@key)", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    public async Task<DbTransaction> ReadAsOfNowAsync(DbConnection opened, CancellationToken cancellationToken) => await opened.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    // The first laptop with a new version would shut out every pipeline with an older one.
    private void Refuse(bool isAsked)
    {
        if (!isAsked)
        {
            throw new LedgerException($"The ledger {shown} was made by an earlier version, and others share it. Run './run ledger migrate' once all who write to it have this version; earlier ones keep their journals until they have it too.");
        }
    }

    private static async Task<IReadOnlyCollection<string>?> ExecutedAsync(NpgsqlConnection opened, CancellationToken cancellationToken) =>
        await opened.ExecuteScalarAsync<bool>(new CommandDefinition("SELECT to_regclass('schemaversions') IS NOT NULL", cancellationToken: cancellationToken)).ConfigureAwait(false)
            ? [.. await opened.QueryAsync<string>(new CommandDefinition("SELECT scriptname FROM schemaversions", cancellationToken: cancellationToken)).ConfigureAwait(false)]
            : null;

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
