using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Hosts;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Recovery.Postgres.Checks;
using Npgsql;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>Backups that pgBackRest made, by itself.</summary>
[Platform("Linux")]
public sealed class PgBackRestTests
{
    private SystemFolder _folder = null!;
    private PostgresServer _server = null!;
    private PostgresSource _source = null!;
    private NpgsqlDataSource _database = null!;
    private PgBackRest _backups = null!;
    private string _repository = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = SystemFolder.Create();
        var data = await _folder.AddAsync("source", RunUser.Unprivileged, default);
        var socket = await _folder.AddAsync("socket", RunUser.Unprivileged, default);
        _repository = await _folder.AddAsync("repository", RunUser.Unprivileged, default);
        _server = new PostgresServer(PostgresInstallation.Find(), "source", data);
        var configuration = Path.Combine(_folder.Path, "pgbackrest.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            [global]
            repo1-path={_repository}
            lock-path={socket}
            spool-path={socket}
            log-level-file=off
            start-fast=y
            [shop]
            pg1-path={data}
            pg1-port={_server.Port}
            pg1-socket-path={socket}
            pg1-user=postgres
            """));
        _backups = new PgBackRest("shop") { Configuration = configuration };
        await _server.CreateAsync(default);
        await _server.StartAsync(ServerRole.Primary, $"unix_socket_directories = '{socket}'\narchive_mode = on\narchive_timeout = 1\narchive_command = 'pgbackrest --config={configuration} --stanza=shop archive-push %p'\n", default);
        var address = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_server.Port};Username=postgres;Database=postgres");
        _database = NpgsqlDataSource.Create(address);
        _source = new PostgresSource(address);
        await RunAsync("CREATE TABLE orders (id bigint PRIMARY KEY); INSERT INTO orders SELECT generate_series(1, 1000)");
        await ToolAsync("stanza-create");
        await ToolAsync("--type=full", "backup");
        await RunAsync("INSERT INTO orders SELECT generate_series(1001, 2000)");
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
    }

    [Test]
    public async Task The_log_since_the_backup_is_replayed_to_the_moment()
    {
        await Task.Delay(1000);
        var between = Stopwatch.GetTimestamp();
        await Task.Delay(1000);
        await RunAsync("INSERT INTO orders SELECT generate_series(2001, 3000)");
        await RunAsync("SELECT pg_switch_wal()");
        await Task.Delay(2000);

        var latest = await RestoreAsync("latest", RestoreMoment.Latest(), "3000");
        var before = await RestoreAsync("before", RestoreMoment.Ago(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(between).TotalMilliseconds:0}ms")), "2000");

        Assert.That((latest.IsSound, before.IsSound), Is.EqualTo((true, true)), $"{latest}; {before}");
    }

    [Test]
    public async Task A_repository_whose_files_are_broken_gives_no_restore()
    {
        var broken = Path.Combine(_folder.Path, "broken-repository");
        await SucceedAsync(new HostCommand("cp", "-a", _repository, broken));
        var configuration = Path.Combine(_folder.Path, "broken.conf");
        await File.WriteAllTextAsync(configuration, (await File.ReadAllTextAsync(_backups.Configuration!)).Replace(_repository, broken, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(broken, "backup"), "*.gz", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 1000))
        {
            await using var stream = new FileStream(file, FileMode.Open);
            stream.Position = 500;
            stream.Write(new byte[100]);
        }

        var outcome = await RestoreAsync("broken", RestoreMoment.Latest(), "3000", _backups with { Configuration = configuration });

        Assert.That(outcome.Copy.Problem, Does.Contain("pgbackrest restore: "));
    }

    [Test]
    public async Task A_stanza_that_is_not_there_is_no_backup()
    {
        Assert.That(async () => await (_backups with { Stanza = "yard" }).FindAsync(null, default), Throws.InvalidOperationException.With.Message.Contains("yard"));
        Assert.That((await _backups.FindAsync(null, default)).Finished, Is.GreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5)));
    }

    private async Task<Checkers.Restores.RestoreOutcome> RestoreAsync(string name, RestoreMoment moment, string orders, PgBackRest? backups = null)
    {
        var place = new PostgresPlace(Path.Combine(_folder.Path, name));
        return await RestoreRun.OfAsync(new PostgresRestore(backups ?? _backups, _source, place) { Moment = moment, Checks = [new SqlCheck("orders", "SELECT count(*) FROM orders", orders)] }, place);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Task ToolAsync(params string[] words) => SucceedAsync(CopyCommand.Of(PostgresPlace.UsualUser, ["pgbackrest", $"--config={_backups.Configuration}", "--stanza=shop", .. words]));

    private static async Task SucceedAsync(HostCommand command)
    {
        var result = await new LocalHost().RunAsync(command, default);
        Assert.That(result.IsSuccess, result.Output + result.Error);
    }
}
