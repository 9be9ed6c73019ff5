using System.Collections.Concurrent;
using Amazon.RDS;
using Amazon.RDS.Model;
using ChaosHarness.Faults.Processes;
using ChaosHarness.LocalCloud.Rds;
using Npgsql;

namespace ChaosHarness.LocalCloud.Tests.Rds;

/// <summary>Whatever becomes of the servers of a Multi-AZ instance, and however many at once: what was acknowledged is there, once somebody answers again.</summary>
public sealed class KeptWritesTests : CloudTests
{
    private const int Writers = 3;
    private readonly ConcurrentBag<int> _acknowledged = [];
    private int _last;

    [Test]
    public async Task Nothing_acknowledged_is_lost_in_drawn_disasters()
    {
        var instance = await DatabaseAsync("kept-writes", multiZone: true);
        var database = Cloud.Databases.Instances["kept-writes"].Database;
        await AskAsync<int>(instance, "CREATE TABLE t (i int PRIMARY KEY); SELECT 1");
        for (var seed = 1; seed <= 6; seed++)
        {
            await UntilAsync(() => Task.FromResult(database.IsInStep), $"before disaster {seed} the standby is in step");
            await SufferAsync(instance, database, new Random(seed));
            await UntilAsync(() => HoldsAsync(instance), $"after disaster {seed} it answers, and holds {_acknowledged.Count} acknowledged writes");
        }

        Assert.That(_acknowledged, Has.Count.GreaterThan(300), "it was written to all the time");
    }

    private async Task SufferAsync(DBInstance instance, Database database, Random random)
    {
        using var over = new CancellationTokenSource();
        var writing = Enumerable.Range(0, Writers).Select(_ => WriteAsync(instance, over.Token)).ToList();
        // What is at both ends now, whoever of them writes later.
        var servers = new[] { database.Primary, database.Standby! };
        Func<Task>[] disasters =
        [
            () => CrashAsync(servers[0]),
            () => CrashAsync(servers[1]),
            () => FreezeAsync(servers[0], random.Next(300, 2_500)),
            () => FreezeAsync(servers[1], random.Next(300, 4_000)),
            () => FailOverAsync("kept-writes"),
        ];
        random.Shuffle(disasters);
        await Task.WhenAll(disasters.Take(random.Next(1, 4)).Select(async disaster =>
        {
            await Task.Delay(random.Next(200, 1_500));
            await disaster();
        }));
        await Task.Delay(500);
        await over.CancelAsync();
        await Task.WhenAll(writing);
    }

    private static async Task CrashAsync(DatabaseServer server)
    {
        if (server.Postgres.Identity is { } process)
        {
            await ProcessSignals.KillTreeAsync(process, CancellationToken.None);
        }
    }

    private static async Task FreezeAsync(DatabaseServer server, int milliseconds)
    {
        if (server.Postgres.Identity is { } process)
        {
            ProcessSignals.FreezeTree(process);
            await Task.Delay(milliseconds);
            ProcessSignals.ResumeTree(process);
        }
    }

    private async Task FailOverAsync(string id)
    {
        try
        {
            await Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = id, ForceFailover = true });
        }
        catch (AmazonRDSException)
        {
            // It is failing over already.
        }
    }

    // A number is tried again until it is acknowledged, and each time written: an attempt that was given up may have been committed alone.
    private async Task WriteAsync(DBInstance instance, CancellationToken over)
    {
        await using var source = NpgsqlDataSource.Create(
            $"Host={instance.Endpoint.Address};Port={instance.Endpoint.Port};Username=keeper;Password=s3cret-enough;Database=shop;Maximum Pool Size=1;Timeout=1;Command Timeout=1;Cancellation Timeout=100");
        while (!over.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _last);
            while (!over.IsCancellationRequested && !await IsAcknowledgedAsync(source, number))
            {
                await Task.Delay(30, CancellationToken.None);
            }

            await Task.Delay(5, CancellationToken.None);
        }
    }

    private async Task<bool> IsAcknowledgedAsync(NpgsqlDataSource source, int number)
    {
        try
        {
            await using var command = source.CreateCommand($"INSERT INTO t VALUES ({number}) ON CONFLICT (i) DO UPDATE SET i = excluded.i");
            await command.ExecuteNonQueryAsync();
            _acknowledged.Add(number);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> HoldsAsync(DBInstance instance)
    {
        long found;
        try
        {
            found = await AskAsync<long>(instance, $"SELECT count(*) FROM t WHERE i IN ({string.Join(',', _acknowledged)})");
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return false;
        }

        Assert.That(found, Is.EqualTo(_acknowledged.Count), "an acknowledged write is lost");
        return true;
    }
}
