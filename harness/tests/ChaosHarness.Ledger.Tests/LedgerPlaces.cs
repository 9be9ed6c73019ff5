using System.Globalization;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ChaosHarness.Ledger.Tests;

/// <summary>The kinds of ledgers that tests run against: a file, and a real PostgreSQL server, started for the first test that wants it.</summary>
[SetUpFixture]
public sealed class LedgerPlaces
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";
    private static readonly SemaphoreSlim Starting = new(1, 1);
    private static SystemFolder? s_folder;
    private static PostgresServer? s_server;
    private static int s_databases;

    /// <summary>A ledger of its own.</summary>
    public static async Task<LedgerAddress> NewAsync(string kind, string folder)
    {
        if (kind == Sqlite)
        {
            return LedgerAddress.Parse("ledger.db", folder);
        }

        await Starting.WaitAsync();
        try
        {
            s_server ??= await StartAsync();
            var name = string.Create(CultureInfo.InvariantCulture, $"ledger{++s_databases}");
            await s_server.AskAsync($"CREATE DATABASE {name}", CancellationToken.None);
            return LedgerAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres:hunter2@127.0.0.1:{s_server.Port}/{name}"), folder);
        }
        finally
        {
            Starting.Release();
        }
    }

    /// <summary>Keeps everybody from a ledger that <see cref="NewAsync"/> made, until what it returns is disposed of.</summary>
    public static async Task<IAsyncDisposable> LockOutAsync(string kind, LedgerAddress address)
    {
        if (kind == Sqlite)
        {
            var connection = new SqliteConnection($"Data Source={address.Shown};Pooling=False");
            await connection.OpenAsync();
            await connection.ExecuteAsync("BEGIN IMMEDIATE");
            return connection;
        }

        var name = address.Shown.Split('/')[^1];
        await s_server!.AskAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false", CancellationToken.None);
        await s_server.AskAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'", CancellationToken.None);
        return new LockedOut(() => s_server.AskAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true", CancellationToken.None));
    }

    /// <summary>How the driver is told where a ledger is that <see cref="NewAsync"/> made.</summary>
    public static string ConnectionString(LedgerAddress address) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={s_server!.Port};Username=postgres;Database={address.Shown.Split('/')[^1]};Pooling=false");

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (s_server is not null)
        {
            await s_server.DisposeAsync();
        }

        if (s_folder is not null)
        {
            await s_folder.DisposeAsync();
        }

        Starting.Dispose();
    }

    private sealed class LockedOut(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        s_folder = SystemFolder.Create();
        var server = new PostgresServer(PostgresInstallation.Find(), "ledger", await s_folder.AddAsync("ledger", RunUser.Unprivileged, CancellationToken.None));
        await server.CreateAsync(CancellationToken.None);
        await server.StartAsync(ServerRole.Primary, "", CancellationToken.None);
        return server;
    }
}
