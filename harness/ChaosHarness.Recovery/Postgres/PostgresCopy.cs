using Npgsql;

namespace ChaosHarness.Recovery.Postgres;

/// <summary>A copy that is up, for checks to ask.</summary>
public sealed class PostgresCopy : IAsyncDisposable
{
    internal PostgresCopy(PostgresPlace place, PostgresSource source, NpgsqlDataSource database) => (Place, Source, Database) = (place, source, database);

    /// <summary>Where it is.</summary>
    public PostgresPlace Place { get; }

    /// <summary>What it is a copy of.</summary>
    public PostgresSource Source { get; }

    /// <summary>Connections to it.</summary>
    public NpgsqlDataSource Database { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    internal static NpgsqlDataSource Connect(PostgresPlace place, string? database = null) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
    {
        Host = place.Socket,
        Username = place.Role,
        Database = database ?? place.Database,
        Timeout = 5,
        CommandTimeout = 0,
        Pooling = false,
    });

    internal async ValueTask<object?> AskAsync(string query, CancellationToken cancellationToken)
    {
        var command = Database.CreateCommand(query);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
