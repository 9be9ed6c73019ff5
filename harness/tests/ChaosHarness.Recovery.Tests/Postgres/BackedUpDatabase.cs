using System.Globalization;
using ChaosHarness.Hosts;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;
using Npgsql;
using Kept = ChaosHarness.Recovery.Postgres.Backups.Barman;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>A database with a table of orders that Barman, pgBackRest (encrypted) and pg_dump have all backed up, each by itself.</summary>
internal sealed class BackedUpDatabase : IAsyncDisposable
{
    private const string Key = "b9vQ2m";
    private readonly SystemFolder _folder;
    private readonly PostgresServer _server;
    private readonly string _address;
    private int _copies;

    private BackedUpDatabase(SystemFolder folder, PostgresServer server)
    {
        (_folder, _server) = (folder, server);
        _address = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={server.Port};Username=postgres;Database=postgres");
        Database = NpgsqlDataSource.Create(_address);
        Source = new PostgresSource(_address);
    }

    public NpgsqlDataSource Database { get; }

    public PostgresSource Source { get; }

    public Kept Barman => new("shop") { Configuration = In("barman.conf"), User = RunUser.Unprivileged };

    public PgBackRest PgBackRest => new("shop") { Configuration = In("pgbackrest.conf"), Repository = In("repository") };

    public PgDumps Dumps => new(In("dumps")) { Globals = In("globals.sql") };

    public PgDumps Folders => new(In("folders")) { Globals = In("globals.sql") };

    public PostgresPlace Place() => new(In(string.Create(CultureInfo.InvariantCulture, $"copy-{Interlocked.Increment(ref _copies)}")));

    public string In(string name) => Path.Combine(_folder.Path, name);

    public static async Task<BackedUpDatabase> StartAsync()
    {
        var folder = SystemFolder.Create();
        var data = await folder.AddAsync("source", RunUser.Unprivileged, default);
        foreach (var name in new[] { "socket", "repository", "barman", "barman/shop", "barman/shop/incoming" })
        {
            await folder.AddAsync(name, RunUser.Unprivileged, default);
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "dumps"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "folders"));
        var database = new BackedUpDatabase(folder, new PostgresServer(PostgresInstallation.Find(), "source", data));
        await database.ConfigureAsync(data);
        await database._server.CreateAsync(default, logSegment: 1);
        await database._server.StartAsync(
            ServerRole.Primary,
            $"unix_socket_directories = '{database.In("socket")}'\narchive_mode = on\narchive_timeout = 1\narchive_command = 'cp %p {database.In("barman/shop/incoming")}/%f && pgbackrest --config={database.In("pgbackrest.conf")} --stanza=shop archive-push %p'\n",
            default);
        await ToolAsync("pgbackrest", $"--config={database.In("pgbackrest.conf")}", "--stanza=shop", "stanza-create");
        await database.RunAsync("CREATE ROLE clerk; CREATE TABLE orders (id bigint PRIMARY KEY, item text NOT NULL); ALTER TABLE orders OWNER TO clerk; CREATE INDEX by_item ON orders (item); INSERT INTO orders SELECT n, 'tea ' || md5(n::text) FROM generate_series(1, 20000) n; SELECT pg_switch_wal()");
        await database.BackUpAsync();
        await database.RunAsync("INSERT INTO orders SELECT n, 'coffee' FROM generate_series(20001, 30000) n; SELECT pg_switch_wal()");
        await database.ArchivedAsync();
        return database;
    }

    /// <summary>Has everything archived that was written so far.</summary>
    public async Task ArchivedAsync()
    {
        for (var i = 0; i < 400; i++)
        {
            await using var command = Database.CreateCommand("SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1048576) FROM pg_stat_archiver");
            if (await command.ExecuteScalarAsync() is true)
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("nothing was archived for 20 s");
    }

    public async Task<DateTimeOffset> NowAsync()
    {
        await using var command = Database.CreateCommand("SELECT clock_timestamp()");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!, TimeSpan.Zero);
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Database.DisposeAsync();
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private async Task BackUpAsync()
    {
        for (var i = 0; i < 400 && !Directory.EnumerateFiles(In("barman/shop/incoming")).Any(); i++)
        {
            await Task.Delay(50);
        }

        await ToolAsync("barman", "-c", In("barman.conf"), "archive-wal", "shop");
        await ToolAsync("barman", "-c", In("barman.conf"), "backup", "shop");
        await ToolAsync("pgbackrest", $"--config={In("pgbackrest.conf")}", "--stanza=shop", "--type=full", "backup");
        string[] there = ["-h", "127.0.0.1", "-p", _server.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres"];
        await SucceedAsync(new HostCommand("pg_dump", [.. there, "-Fc", "-f", In("dumps/night.dump"), "postgres"]));
        await SucceedAsync(new HostCommand("pg_dump", [.. there, "-Fd", "-f", In("folders/night"), "postgres"]));
        await SucceedAsync(new HostCommand("pg_dumpall", [.. there, "--globals-only", "-f", In("globals.sql")]));
    }

    private async Task ConfigureAsync(string data)
    {
        await File.WriteAllTextAsync(In("pgbackrest.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            [global]
            repo1-path={In("repository")}
            repo1-cipher-type=aes-256-cbc
            repo1-cipher-pass={Key}
            lock-path={In("socket")}
            spool-path={In("socket")}
            log-level-file=off
            job-retry=0
            start-fast=y
            [shop]
            pg1-path={data}
            pg1-port={_server.Port}
            pg1-socket-path={In("socket")}
            pg1-user=postgres
            """));
        var reached = string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={_server.Port} user=postgres");
        await File.WriteAllTextAsync(In("barman.conf"), $"""
            [barman]
            barman_user = {RunUser.Unprivileged ?? Environment.UserName}
            barman_home = {In("barman")}
            log_level = ERROR
            immediate_checkpoint = true
            [shop]
            description = the shop
            conninfo = {reached} dbname=postgres
            streaming_conninfo = {reached}
            backup_method = postgres
            archiver = on

            """);
    }

    private static Task ToolAsync(params string[] words) => SucceedAsync(CopyCommand.Of(RunUser.Unprivileged, words));

    private static async Task SucceedAsync(HostCommand command)
    {
        var result = await new LocalHost().RunAsync(command with { Limit = TimeSpan.FromMinutes(2) }, default);
        Assert.That(result.IsSuccess, $"{command}: {result.Output}{result.Error}");
    }
}
