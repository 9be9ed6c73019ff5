using System.Globalization;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.MariaDb;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Tests.Places;
using MySqlConnector;

namespace ChaosHarness.Recovery.Tests.MariaDb;

/// <summary>Backups and binary logs of a real MariaDB, of which some were broken on purpose.</summary>
[Platform("Linux")]
public sealed class MariaDbRestoreTests
{
    private string _folder = null!;
    private MySqlDataSource _source = null!;
    private int _copies;

    private string Socket => Path.Combine(_folder, "source", "socket");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("mariadb-").FullName;
        await RequireAsync("""
            export PATH=$PATH:/usr/sbin; cd "$1" && mkdir source logs backups && chmod 755 . && { [ "$(id -u)" != 0 ] || chown mysql source logs backups; }
            user=$([ "$(id -u)" = 0 ] && echo --user=mysql)
            mariadb-install-db --no-defaults $user --datadir="$1/source" --auth-root-authentication-method=normal --skip-test-db >/dev/null 2>&1 || exit 1
            mariadbd --no-defaults $user --datadir="$1/source" --socket="$1/source/socket" --pid-file="$1/source/pid" --skip-networking --log-bin=bin --server-id=1 --innodb-buffer-pool-size=32M >"$1/log" 2>&1 </dev/null &
            for round in $(seq 200); do mariadb --no-defaults --socket="$1/source/socket" -e 'SELECT 1' >/dev/null 2>&1 && exit 0; sleep 0.1; done; tail "$1/log"; exit 1
            """);
        _source = new MySqlDataSource(new MySqlConnectionStringBuilder { Server = Socket, ConnectionProtocol = MySqlConnectionProtocol.UnixSocket, UserID = "root", Pooling = false }.ConnectionString);
        await RunAsync("CREATE DATABASE shop; USE shop; CREATE TABLE orders (id bigint PRIMARY KEY, item varchar(100)); CREATE USER 'clerk'@'localhost'; INSERT INTO orders SELECT seq, concat('tea ', seq) FROM seq_1_to_20000");
        // To its file: what is in the log alone has no page yet that could break.
        await RunAsync("USE shop; FLUSH TABLES orders FOR EXPORT; UNLOCK TABLES");
        await RequireAsync("""
            mariadb-backup --no-defaults --backup --target-dir="$1/backups/one" --datadir="$1/source" --socket="$1/source/socket" --user=root >"$1/backup.log" 2>&1 || { tail -5 "$1/backup.log"; exit 1; }
            """);
        await RunAsync("USE shop; INSERT INTO shop.orders SELECT seq + 20000, 'coffee' FROM seq_1_to_1000; FLUSH BINARY LOGS; INSERT INTO shop.orders VALUES (30000, 'cake'); FLUSH BINARY LOGS");
        await RequireAsync("""cp "$1"/source/bin.0* "$1/logs/" """);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _source.DisposeAsync();
        await RequireAsync("""[ ! -e "$1/source/pid" ] || { pid=$(cat "$1/source/pid"); kill -KILL "$pid"; while [ -e "/proc/$pid" ]; do sleep 0.05; done; }""");
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task The_latest_has_what_only_the_binary_logs_know()
    {
        var outcome = await FolderRun.OfAsync(Restore(Backups(), 21_001));

        Assert.That(outcome.IsSound, outcome.ToString());
        Assert.That(outcome.Copy.Phases.Select(phase => phase.Name), Is.EqualTo(new[] { "find", "fetch", "restore", "replay", "verify" }));
    }

    [Test]
    public async Task A_backup_alone_has_what_was_there_when_it_was_taken()
    {
        var outcome = await FolderRun.OfAsync(Restore(Backups() with { BinaryLogs = null }, 20_000));

        Assert.That(outcome.IsSound, outcome.ToString());
    }

    [Test]
    public async Task Nothing_later_than_the_moment_is_there()
    {
        await Task.Delay(TimeSpan.FromSeconds(2.2));
        await RunAsync("INSERT INTO shop.orders VALUES (40000, 'too late'); FLUSH BINARY LOGS");
        await RequireAsync("""mkdir "$1/later" && cp "$1"/source/bin.0* "$1/later/" """);

        var outcome = await FolderRun.OfAsync(Restore(Backups() with { BinaryLogs = Path.Combine(_folder, "later") }, 21_001, RestoreMoment.Ago("1s")));
        await RunAsync("DELETE FROM shop.orders WHERE id = 40000");

        Assert.That(outcome.IsSound, outcome.ToString());
    }

    [Test]
    public async Task A_moment_before_every_backup_is_refused()
    {
        var outcome = await FolderRun.OfAsync(Restore(Backups(), 0, RestoreMoment.Ago("24h")));

        Assert.That(outcome.Copy.Problem, Does.StartWith("none of the 1 backups in "));
    }

    [TestCase("pages", """printf '\377\377\377\377' | dd of="$1/backups/one/shop/orders.ibd" bs=1 seek=$((16384 * 5 + 300)) conv=notrunc 2>/dev/null""")]
    [TestCase("users, databases", null)]
    [TestCase("problem", """rm "$1"/logs/bin.000002""")]
    [TestCase("problem", """truncate -s -7 "$1"/logs/bin.000002""")]
    [TestCase("problem", """printf '\377' | dd of="$1/logs/bin.000001" bs=1 seek=$(($(stat -c %s "$1/logs/bin.000001") - 60)) conv=notrunc 2>/dev/null""")]
    [TestCase("problem", """rm "$1"/backups/one/xtrabackup_info""")]
    [TestCase("problem", """: >"$1"/backups/one/ibdata1""")]
    public async Task A_broken_backup_is_found(string by, string? corruption)
    {
        var broken = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"broken-{++_copies}"));
        await RequireAsync($"mkdir \"{broken}\" && cp -a \"$1/backups\" \"$1/logs\" \"{broken}/\" && set -- \"{broken}\"{(corruption is null ? "" : " && " + corruption)}");
        if (corruption is null)
        {
            await RunAsync("CREATE USER 'later'@'localhost'");
        }

        var outcome = await FolderRun.OfAsync(Restore(new MariaDbBackups(Path.Combine(broken, "backups"), Path.Combine(broken, "logs")), 21_001));
        if (corruption is null)
        {
            await RunAsync("DROP USER 'later'@'localhost'");
        }

        Assert.That(outcome.IsSound, Is.False);
        Assert.That(by == "problem" ? outcome.Copy.Problem : outcome.Copy.Checks.FirstOrDefault(check => !check.Passed)?.Name, by == "problem" ? Is.Not.Null : Is.EqualTo(by), outcome.ToString());
    }

    private MariaDbBackups Backups() => new(Path.Combine(_folder, "backups"), Path.Combine(_folder, "logs"));

    private MariaDbRestore Restore(MariaDbBackups backups, int orders, RestoreMoment? moment = null) => new(backups, _source, Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"copy-{++_copies}")))
    {
        Moment = moment ?? RestoreMoment.Latest(),
        StartWithin = TimeSpan.FromSeconds(30),
        Checks = [new MariaDbCheck("orders", "SELECT count(*) FROM shop.orders", orders.ToString(CultureInfo.InvariantCulture))],
    };

    private async Task RunAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task RequireAsync(string script)
    {
        var result = await new LocalHost().RunAsync(HostCommand.Script(script, _folder) with { Limit = TimeSpan.FromSeconds(60) }, default);
        Assert.That(result.IsSuccess, $"{script}: {result.Output} {result.Error}");
    }
}
