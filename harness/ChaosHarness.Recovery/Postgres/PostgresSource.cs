using Npgsql;

namespace ChaosHarness.Recovery.Postgres;

/// <summary>
/// The database that a backup is of, to be asked what time it is, who it is and what is in it: always in transactions that cannot write, whatever its role may do.
/// </summary>
public sealed class PostgresSource : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;

    /// <summary>A source.</summary>
    /// <param name="connectionString">How it is reached; a role that may only read is enough.</param>
    public PostgresSource(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = $"{settings.Options} -c default_transaction_read_only=on".Trim();
        settings.Timeout = Math.Min(settings.Timeout, 5);
        settings.Pooling = false;
        settings.ApplicationName = "chaosharness restore";
        _database = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    internal async ValueTask<T> AskAsync<T>(string query, CancellationToken cancellationToken)
    {
        var command = _database.CreateCommand(query);
        await using (command.ConfigureAwait(false))
        {
            return (T)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
    }
}
