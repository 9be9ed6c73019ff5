using System.Globalization;
using ChaosHarness.Checkers.Restores;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Redis;
using ChaosHarness.Recovery.Tests.Places;

namespace ChaosHarness.Recovery.Tests.Redis;

/// <summary>Snapshots and append-only files of a real Redis, of which some were broken on purpose.</summary>
[Platform("Linux")]
public sealed class RedisRestoreTests
{
    private const int Orders = 500;
    private string _folder = null!;
    private int _copies;

    private string Data => Path.Combine(_folder, "source");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("redis-").FullName;
        Directory.CreateDirectory(Data);
        await RequireAsync("""cd "$1" && redis-server --port 0 --unixsocket "$1/socket" --dir "$1" --appendonly yes --appendfsync always --save "" --daemonize yes --logfile "$1/log" --pidfile "$1/pid" """);
        await RequireAsync("""for n in $(seq 100); do redis-cli -s "$1/socket" ping 2>/dev/null | grep -q PONG && exit 0; sleep 0.1; done; exit 1""");
        await RequireAsync(string.Create(CultureInfo.InvariantCulture, $$"""for n in $(seq {{Orders}}); do echo "HSET orders $n tea-with-much-milk-and-sugar-$n"; done | redis-cli -s "$1/socket" >/dev/null && redis-cli -s "$1/socket" save"""));
        // In no snapshot, and in the append-only file alone.
        await RequireAsync("""redis-cli -s "$1/socket" hset orders late 1""");
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await RequireAsync("""redis-cli -s "$1/socket" shutdown nosave; exit 0""");
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_snapshot_holds_what_was_there_when_it_was_saved()
    {
        var outcome = await OfAsync("dump.rdb", Orders);

        Assert.That(outcome.IsSound, outcome.ToString());
        Assert.That(outcome.Copy.Checks.Select(check => check.Name), Is.EqualTo(new[] { "files are whole", "keys", "orders" }));
    }

    [Test]
    public async Task An_append_only_file_holds_all_of_it()
    {
        var outcome = await OfAsync("appendonlydir", Orders + 1);

        Assert.That(outcome.IsSound, outcome.ToString());
    }

    [Test]
    public async Task A_snapshot_that_lacks_the_last_order_is_found_by_a_check()
    {
        var outcome = await OfAsync("dump.rdb", Orders + 1);

        Assert.That(outcome.Copy.Checks.Single(check => !check.Passed).Detail, Is.EqualTo("500, and not 501"));
    }

    [TestCase("dump.rdb", """printf '\377' | dd of="$1" bs=1 seek=$(($(stat -c %s "$1") / 2)) conv=notrunc 2>/dev/null""")]
    [TestCase("dump.rdb", """truncate -s -100 "$1" """)]
    [TestCase("dump.rdb", """: >"$1" """)]
    [TestCase("appendonlydir", """truncate -s -3 "$1"/*.incr.aof""")]
    [TestCase("appendonlydir", """rm "$1"/*.incr.aof""")]
    [TestCase("appendonlydir", """rm "$1"/*.manifest""")]
    public async Task A_broken_backup_is_found(string what, string corruption)
    {
        var copy = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"broken-{++_copies}"));
        await RequireAsync($"cp -a \"$1/{what}\" \"{copy}\" && set -- \"{copy}\" && {corruption}");

        var outcome = await FolderRun.OfAsync(new RedisRestore(new RedisBackup(copy), Copy()) { LoadWithin = TimeSpan.FromSeconds(20) });

        Assert.That(outcome.IsSound, Is.False, outcome.ToString());
    }

    private string Copy() => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"copy-{++_copies}"));

    private Task<RestoreOutcome> OfAsync(string what, int orders) => FolderRun.OfAsync(new RedisRestore(new RedisBackup(Path.Combine(Data, what)), Copy())
    {
        LoadWithin = TimeSpan.FromSeconds(30),
        Checks = [new RedisCheck("orders", orders.ToString(CultureInfo.InvariantCulture), "HLEN", "orders")],
    });

    private async Task RequireAsync(string script)
    {
        var result = await new LocalHost().RunAsync(HostCommand.Script(script, Data), default);
        Assert.That(result.IsSuccess, $"{script}: {result.Output} {result.Error}");
    }
}
