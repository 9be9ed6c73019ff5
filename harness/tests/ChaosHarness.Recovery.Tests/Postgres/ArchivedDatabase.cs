using System.Globalization;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Workloads;
using Npgsql;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>A database with a table of orders that archives its log, and has been backed up.</summary>
internal sealed class ArchivedDatabase : IAsyncDisposable
{
    private const int Orders = 20_000;
    private readonly SystemFolder _folder;
    private readonly PostgresServer _server;
    private int _copies;

    private ArchivedDatabase(SystemFolder folder, PostgresServer server)
    {
        (_folder, _server) = (folder, server);
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={server.Port};Username=postgres;Database=postgres;Timeout=5");
        Database = NpgsqlDataSource.Create(ConnectionString);
        Source = new PostgresSource(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Database { get; }

    public PostgresSource Source { get; }

    public string Archive => Path.Combine(_folder.Path, "archive");

    public string Backups => Path.Combine(_folder.Path, "backups");

    public string Backup => Path.Combine(Backups, "one");

    public string Data => _server.Folder;

    public int Port => _server.Port;

    /// <summary>Brings one up, with some orders in the backup and some in the log alone.</summary>
    public static async Task<ArchivedDatabase> StartAsync()
    {
        var folder = SystemFolder.Create();
        var data = await folder.AddAsync("source", RunUser.Unprivileged, default);
        var archive = await folder.AddAsync("archive", RunUser.Unprivileged, default);
        await folder.AddAsync("backups", RunUser.Unprivileged, default);
        var server = new PostgresServer(PostgresInstallation.Find(), "source", data);
        await server.CreateAsync(default, logSegment: 1);
        await server.StartAsync(ServerRole.Primary, $"archive_mode = on\narchive_command = 'cp %p {archive}/%f'\narchive_timeout = 1\n", default);
        var database = new ArchivedDatabase(folder, server);
        await database.RunAsync($"""
            CREATE TABLE orders (id bigint PRIMARY KEY, item text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
            CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL);
            CREATE INDEX by_item ON orders (item);
            INSERT INTO orders SELECT n, 'tea ' || n % 100 FROM generate_series(1, {Orders}) n;
            INSERT INTO customers (name) SELECT 'anna ' || n FROM generate_series(1, 100) n;
            CHECKPOINT;
            """);
        var backup = await folder.AddAsync(Path.Combine("backups", "one"), RunUser.Unprivileged, default);
        await server.BackUpAsync(backup, default);
        await database.RunAsync($"INSERT INTO orders SELECT n, 'coffee ' || n % 100 FROM generate_series({Orders + 1}, {2 * Orders}) n");
        await database.ArchiveAsync();
        return database;
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Has everything archived that was written so far.</summary>
    public async Task ArchiveAsync()
    {
        var segment = await AskAsync<string>("SELECT pg_walfile_name(pg_switch_wal())");
        for (var i = 0; i < 200 && !File.Exists(Path.Combine(Archive, segment)); i++)
        {
            await Task.Delay(50);
        }
    }

    /// <summary>A folder that is not there yet.</summary>
    public PostgresPlace Place() => new(Path.Combine(_folder.Path, string.Create(CultureInfo.InvariantCulture, $"copy-{Interlocked.Increment(ref _copies)}")));

    public BaseBackups Kept => new(Backups, Archive);

    /// <summary>Customers that place orders.</summary>
    public Workload Traffic(double perSecond) => new("orders", perSecond, async (write, token) =>
    {
        await using var command = Database.CreateCommand("INSERT INTO orders (id, item) VALUES ($1, 'traffic')");
        command.Parameters.Add(new NpgsqlParameter { Value = write.Id });
        await command.ExecuteNonQueryAsync(token);
        return WriteOutcome.Ack();
    });

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Database.DisposeAsync();
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
    }
}
