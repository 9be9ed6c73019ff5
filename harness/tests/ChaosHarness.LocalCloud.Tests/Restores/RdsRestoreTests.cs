using System.Runtime.CompilerServices;
using Amazon.RDS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Restores;
using ChaosHarness.Experiments;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Workloads;
using Npgsql;
using Outcome = ChaosHarness.Experiments.Outcome;

namespace ChaosHarness.LocalCloud.Tests.Restores;

/// <summary>Snapshots and moments of an RDS instance restored under traffic, judged write by write, and deleted.</summary>
[NonParallelizable]
public sealed class RdsRestoreTests : CloudTests
{
    private static readonly RestoredDatabaseCheck Indexed = new("primary key", async (copy, _) => (await AskAsync<long>(copy, "SELECT count(*) FROM pg_index WHERE indrelid = 'orders'::regclass") == 1, "looked up"));
    private DBInstance _source = null!;
    private string _journals = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        _journals = Directory.CreateTempSubdirectory("rds-restores-").FullName;
        _source = await DatabaseAsync("orders", multiZone: false);
        await AskAsync<int>(_source, "CREATE TABLE orders (id bigint PRIMARY KEY); SELECT 1");
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_journals, recursive: true);

    [TearDown]
    public Task Nothing_is_left() => UntilAsync(async () => (await Account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest())).DBInstances.Select(instance => instance.DBInstanceIdentifier).SequenceEqual(["orders"]), "the copy is deleted");

    [Test]
    public async Task A_snapshot_holds_what_was_acknowledged_before_it_was_taken()
    {
        await SnapAsync("sound");
        var result = await RunAsync(With(RdsBackup.Snapshot("sound")));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(FigureOf(result, "restored copy misses"), Is.Zero);
        Assert.That(FigureOf(result, "restored copy lacks"), Is.Not.Null, "orders went on after the snapshot");
        Assert.That(result.Figures.Select(figure => figure.Figure.Name), Is.SupersetOf(new[] { "restore time", "restore time, find", "restore time, restore", "restore time, verify" }));
    }

    [Test]
    public async Task The_latest_moment_lacks_what_came_after_it()
    {
        var result = await RunAsync(With(RdsBackup.LatestMoment));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(FigureOf(result, "restored copy misses"), Is.Zero);
    }

    [Test]
    public async Task What_there_is_no_backup_of_fails_the_experiment()
    {
        var missing = await RunAsync(With(RdsBackup.Snapshot("nobody")));
        Assert.That(missing.Outcome, Is.EqualTo(Outcome.Failed), missing.Reason);

        var early = await RunAsync(With(RdsBackup.Moment(TimeSpan.FromMilliseconds(1))));
        Assert.That(early.Outcome, Is.EqualTo(Outcome.Failed), early.Reason);
        Assert.That(early.Reason, Does.Contain("at the latest"));
    }

    [Test]
    public async Task What_is_not_there_or_not_allowed_is_inconclusive()
    {
        Assert.That((await RunAsync(With(RdsBackup.NewestSnapshot, instance: "nobody"))).Reason, Is.EqualTo("there is no RDS instance nobody in us-east-1"));
        using var strict = new AwsAccount(Amazon.RegionEndpoint.USEast1, Cloud.Credentials, Cloud.Url) { Policy = Account.Policy with { RequiredTags = new Dictionary<string, string> { ["system"] = "shop" } } };
        var refused = await RunAsync(With(RdsBackup.NewestSnapshot, strict));

        Assert.That((refused.Outcome, refused.Reason), Is.EqualTo((Outcome.Inconclusive, "the RDS instance orders does not carry the tag system=shop, which the policy requires")));
    }

    [Test]
    public async Task After_a_kill_the_copy_is_deleted_by_its_recipe_and_what_is_not_the_restores_own_stays()
    {
        await SnapAsync("killed");
        var recipe = DeleteRestoredDatabase.Recipe(Account, "orders-killed", "0a1b2c3d");
        Assert.That(recipe.Kind, Is.EqualTo(DeleteRestoredDatabase.RecipeKind));
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", Cloud.Options.Credentials[0].AccessKeyId);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", Cloud.Options.Credentials[0].SecretKey);
        var name = recipe.Parameters["instance"];
        Assert.That(async () => await new DeleteRestoredDatabase().RevertAsync(recipe, default), Throws.Nothing, "it never came to be");

        await Account.Rds.RestoreDBInstanceFromDBSnapshotAsync(new RestoreDBInstanceFromDBSnapshotRequest { DBInstanceIdentifier = name, DBSnapshotIdentifier = "killed" });
        await AvailableAsync(name);
        await new DeleteRestoredDatabase().RevertAsync(recipe, default);
        Assert.That((await DescribeAsync(name)).DBInstanceStatus, Is.EqualTo("available"), "somebody else's of the same name");

        await Account.Rds.AddTagsToResourceAsync(new AddTagsToResourceRequest { ResourceName = (await DescribeAsync(name)).DBInstanceArn, Tags = [new Tag { Key = "chaosharness:restore", Value = recipe.Parameters["restore"] }] });
        await new DeleteRestoredDatabase().RevertAsync(recipe, default);
        await new DeleteRestoredDatabase().RevertAsync(recipe, default);
    }

    private static double? FigureOf(RunRecord result, string name) => result.Figures.Where(figure => figure.Figure.Name == name).Select(figure => figure.Figure.Upper).FirstOrDefault();

    private RdsRestore With(RdsBackup backup, AwsAccount? account = null, string instance = "orders") => new(account ?? Account, instance, backup)
    {
        Writes = new Dictionary<string, RestoredIds> { ["orders"] = IdsAsync },
        Checks = [Indexed],
    };

    private async Task SnapAsync(string id)
    {
        await Account.Rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = "orders", DBSnapshotIdentifier = id });
        await UntilAsync(async () => (await Account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { DBSnapshotIdentifier = id })).DBSnapshots[0].Status == "available", "the snapshot is there");
    }

    private static async IAsyncEnumerable<StoredId> IdsAsync(DBInstance copy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = SourceOf(copy);
        await using var command = source.CreateCommand("SELECT id FROM orders");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return rows.GetInt64(0);
        }
    }

    private static NpgsqlDataSource SourceOf(DBInstance instance) => NpgsqlDataSource.Create($"Host={instance.Endpoint.Address};Port={instance.Endpoint.Port};Username=keeper;Password=s3cret-enough;Database=shop;Pooling=false;Timeout=5;Command Timeout=5");

    private async Task<RunRecord> RunAsync(RdsRestore restore)
    {
        await using var shop = SourceOf(_source);
        var orders = new Workload("orders", 20, async (write, cancellationToken) =>
        {
            await using var command = shop.CreateCommand($"INSERT INTO orders VALUES ({write.Id})");
            await command.ExecuteNonQueryAsync(cancellationToken);
            return WriteOutcome.Ack();
        }).TimeoutAfter("5s").ReadBack(token => ReadAsync(_source, token));
        return await new ExperimentRunner(new RunnerOptions { FaultJournalFolder = Path.Combine(_journals, Guid.NewGuid().ToString("N")) }).RunAsync(ChaosHarness.Experiments.Experiment.Hypothesis("the backup gives every order back")
            .On(new SystemUnderTest("restored") { Environment = "local", Reach = SystemReach.Owned })
            .Workload(orders)
            .SteadyState(new SuccessRate("orders").AtLeast(0.9))
            .SteadyFor("500ms")
            .Inject(restore)
            .Expect(Restored.Within("60s")));
    }

    private static async IAsyncEnumerable<long> ReadAsync(DBInstance instance, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = SourceOf(instance);
        await using var command = source.CreateCommand("SELECT id FROM orders");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return rows.GetInt64(0);
        }
    }
}
