using Amazon.RDS;
using Amazon.RDS.Model;
using ChaosHarness.Faults.Processes;
using Npgsql;

namespace ChaosHarness.LocalCloud.Tests.Rds;

/// <summary>Databases are PostgreSQL servers: what a failover, a replica and a restore do is seen in their data.</summary>
public sealed class RdsTests : CloudTests
{
    [Test]
    public async Task A_forced_failover_promotes_the_standby_and_loses_nothing()
    {
        var before = await DatabaseAsync("failover", multiZone: true);
        await AskAsync<int>(before, "CREATE TABLE t (i int); INSERT INTO t SELECT generate_series(1, 1000); SELECT 1");

        var rebooting = await Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "failover", ForceFailover = true });
        Assert.That(rebooting.DBInstance.DBInstanceStatus, Is.EqualTo("rebooting"));
        Assert.That(() => Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "failover" }), Fails("InvalidDBInstanceState"));
        var after = await AvailableAsync("failover");

        Assert.That((after.AvailabilityZone, after.SecondaryAvailabilityZone), Is.EqualTo((before.SecondaryAvailabilityZone, before.AvailabilityZone)));
        Assert.That(after.Endpoint.Address, Is.EqualTo(before.Endpoint.Address), "the name stays");
        Assert.That(await AskAsync<long>(after, "SELECT count(*) FROM t"), Is.EqualTo(1000));
        var events = await EventsAsync("failover");
        Assert.That(events, Does.Contain("Multi-AZ instance failover started.").And.Contain("Multi-AZ instance failover completed"));
        await UntilAsync(() => Task.FromResult(Cloud.Databases.Instances["failover"].Database.IsInStep), "the old primary comes back as standby");
        Assert.That(await AskAsync<string>(after, "SELECT current_setting('cluster_name')"), Is.EqualTo("failover-b"));
    }

    [Test]
    public async Task A_primary_that_is_killed_or_hangs_is_replaced_by_itself()
    {
        var instance = await DatabaseAsync("crash", multiZone: true);
        await AskAsync<int>(instance, "CREATE TABLE t (i int); INSERT INTO t VALUES (7); SELECT 1");
        var database = Cloud.Databases.Instances["crash"].Database;

        var first = database.Primary;
        await ProcessSignals.KillTreeAsync(first.Postgres.Identity!.Value, CancellationToken.None);
        await UntilAsync(async () => database.Primary != first && await AnswersAsync(instance), "the standby took over from a dead primary");
        await UntilAsync(() => Task.FromResult(database.IsInStep), "there is a standby again");

        var second = database.Primary;
        ProcessSignals.FreezeTree(second.Postgres.Identity!.Value);
        await UntilAsync(async () => database.Primary != second && await AnswersAsync(instance), "and from a frozen one");
        Assert.That(await AskAsync<int>(instance, "SELECT i FROM t"), Is.EqualTo(7));
    }

    [Test]
    public async Task A_standby_that_is_lost_does_not_hold_writes_up_for_long()
    {
        var instance = await DatabaseAsync("standby", multiZone: true);
        var database = Cloud.Databases.Instances["standby"].Database;
        await ProcessSignals.KillTreeAsync(database.Standby!.Postgres.Identity!.Value, CancellationToken.None);

        await UntilAsync(() => AnswersAsync(instance, "CREATE TABLE IF NOT EXISTS t (i int); INSERT INTO t VALUES (1); SELECT 1"), "writes go on");
        await UntilAsync(() => Task.FromResult(database.IsInStep), "and a new standby is in step");
    }

    [Test]
    public async Task A_single_server_is_restarted_in_its_zone()
    {
        var instance = await DatabaseAsync("single", multiZone: false);

        Assert.That(() => Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "single", ForceFailover = true }), Fails("InvalidParameterCombination"));
        await Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "single" });
        await AvailableAsync("single");
        Assert.That(await AnswersAsync(instance), Is.True);
        await Account.Rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = "single", ApplyImmediately = true, MultiAZ = true, MasterUserPassword = "another-secret" });
        var modified = await AvailableAsync("single");
        Assert.That((modified.MultiAZ, modified.SecondaryAvailabilityZone), Is.EqualTo(((bool?)true, "us-east-1b")));
        Assert.That(await AskAsync<int>(instance, "SELECT 1", "another-secret"), Is.EqualTo(1));
        Assert.That(async () => await AskAsync<int>(instance, "SELECT 1"), Throws.InstanceOf<PostgresException>(), "passwords are checked");
    }

    [Test]
    public async Task A_restore_to_a_point_in_time_has_what_was_written_before_and_nothing_after()
    {
        var instance = await DatabaseAsync("past", multiZone: true);
        await AskAsync<int>(instance, "CREATE TABLE t (i int); INSERT INTO t VALUES (1); SELECT 1");
        await Task.Delay(100);
        var moment = DateTime.UtcNow;
        await Task.Delay(100);
        await AskAsync<int>(instance, "INSERT INTO t VALUES (2); SELECT 1");
        await Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "past", ForceFailover = true });
        await AvailableAsync("past");
        await UntilAsync(async () => (await DescribeAsync("past")).LatestRestorableTime > moment.AddSeconds(1), "the log is archived");

        await Account.Rds.RestoreDBInstanceToPointInTimeAsync(new RestoreDBInstanceToPointInTimeRequest { SourceDBInstanceIdentifier = "past", TargetDBInstanceIdentifier = "past-then", RestoreTime = moment });
        await Account.Rds.RestoreDBInstanceToPointInTimeAsync(new RestoreDBInstanceToPointInTimeRequest { SourceDBInstanceIdentifier = "past", TargetDBInstanceIdentifier = "past-latest", UseLatestRestorableTime = true });
        Assert.That(await AskAsync<long>(await AvailableAsync("past-then"), "SELECT sum(i) FROM t"), Is.EqualTo(1));
        Assert.That(await AskAsync<long>(await AvailableAsync("past-latest"), "SELECT sum(i) FROM t"), Is.EqualTo(3), "across the failover");

        var late = new RestoreDBInstanceToPointInTimeRequest { SourceDBInstanceIdentifier = "past", TargetDBInstanceIdentifier = "never", RestoreTime = DateTime.UtcNow.AddHours(1) };
        Assert.That(() => Account.Rds.RestoreDBInstanceToPointInTimeAsync(late), Fails("InvalidParameterValue").And.Message.Contains("later than"));
        late.UseLatestRestorableTime = true;
        Assert.That(() => Account.Rds.RestoreDBInstanceToPointInTimeAsync(late), Fails("InvalidParameterCombination"));
    }

    [Test]
    public async Task A_backup_that_is_kept_outlives_its_instance()
    {
        var instance = await DatabaseAsync("kept", multiZone: false);
        await AskAsync<int>(instance, "CREATE TABLE t (i int); INSERT INTO t VALUES (5); SELECT 1");
        var written = DateTime.UtcNow;
        await UntilAsync(async () => (await DescribeAsync("kept")).LatestRestorableTime > written, "the log is archived");
        await Account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = "kept", SkipFinalSnapshot = true, DeleteAutomatedBackups = false });
        await UntilAsync(() => Task.FromResult(!Cloud.Databases.Instances.ContainsKey("kept")), "the instance is gone");

        var backup = (await Account.Rds.DescribeDBInstanceAutomatedBackupsAsync(new DescribeDBInstanceAutomatedBackupsRequest { DBInstanceIdentifier = "kept" })).DBInstanceAutomatedBackups.Single();
        Assert.That(backup.Status, Is.EqualTo("retained"));
        await Account.Rds.RestoreDBInstanceToPointInTimeAsync(new RestoreDBInstanceToPointInTimeRequest { SourceDbiResourceId = backup.DbiResourceId, TargetDBInstanceIdentifier = "kept-again", UseLatestRestorableTime = true });
        Assert.That(await AskAsync<int>(await AvailableAsync("kept-again"), "SELECT i FROM t"), Is.EqualTo(5));
    }

    [Test]
    public async Task A_replica_follows_and_can_be_promoted()
    {
        var source = await DatabaseAsync("source", multiZone: true);
        await AskAsync<int>(source, "CREATE TABLE t (i int); SELECT 1");
        await Account.Rds.CreateDBInstanceReadReplicaAsync(new CreateDBInstanceReadReplicaRequest { DBInstanceIdentifier = "replica", SourceDBInstanceIdentifier = "source", AvailabilityZone = "us-east-1c" });
        var replica = await AvailableAsync("replica");
        Assert.That((replica.ReadReplicaSourceDBInstanceIdentifier, replica.AvailabilityZone), Is.EqualTo(("source", "us-east-1c")));
        Assert.That((await DescribeAsync("source")).ReadReplicaDBInstanceIdentifiers, Is.EqualTo(new[] { "replica" }));

        await Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "source", ForceFailover = true });
        await AvailableAsync("source");
        await AskAsync<int>(source, "INSERT INTO t VALUES (1); SELECT 1");
        await UntilAsync(async () => await AskAsync<long>(replica, "SELECT count(*) FROM t") == 1, "it follows the new primary too");
        Assert.That(async () => await AskAsync<int>(replica, "INSERT INTO t VALUES (2); SELECT 1"), Throws.InstanceOf<PostgresException>());

        Assert.That(() => Account.Rds.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = "source" }), Fails("InvalidDBInstanceState"));
        await Account.Rds.PromoteReadReplicaAsync(new PromoteReadReplicaRequest { DBInstanceIdentifier = "replica" });
        var promoted = await AvailableAsync("replica");
        Assert.That(promoted.ReadReplicaSourceDBInstanceIdentifier, Is.Null);
        Assert.That(() => Cloud.Databases.Instances["replica"].Database.PromoteAsync(default), Throws.Nothing, "done already: the answer to an earlier attempt may have been lost");
        Assert.That(await AskAsync<int>(promoted, "INSERT INTO t VALUES (2); SELECT 2"), Is.EqualTo(2));
        Assert.That(() => Account.Rds.PromoteReadReplicaAsync(new PromoteReadReplicaRequest { DBInstanceIdentifier = "replica" }), Fails("InvalidDBInstanceState"));
    }

    [Test]
    public async Task A_snapshot_is_restored_as_it_was_taken()
    {
        var instance = await DatabaseAsync("snapped", multiZone: false);
        await AskAsync<int>(instance, "CREATE TABLE t (i int); INSERT INTO t VALUES (1); SELECT 1");
        await Account.Rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = "snapped", DBSnapshotIdentifier = "snap-1", Tags = [new Tag { Key = "a", Value = "b" }] });
        Assert.That(() => Account.Rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = "snapped", DBSnapshotIdentifier = "snap-1" }), Fails("DBSnapshotAlreadyExists"));
        Assert.That(() => Account.Rds.RestoreDBInstanceFromDBSnapshotAsync(new RestoreDBInstanceFromDBSnapshotRequest { DBInstanceIdentifier = "early", DBSnapshotIdentifier = "snap-1" }), Fails("InvalidDBSnapshotState"));
        await UntilAsync(async () => (await Account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { DBSnapshotIdentifier = "snap-1" })).DBSnapshots[0].Status == "available", "the snapshot is done");
        await AskAsync<int>(instance, "INSERT INTO t VALUES (2); SELECT 1");

        await Account.Rds.RestoreDBInstanceFromDBSnapshotAsync(new RestoreDBInstanceFromDBSnapshotRequest { DBInstanceIdentifier = "restored", DBSnapshotIdentifier = "snap-1", MultiAZ = true });
        Assert.That(await AskAsync<long>(await AvailableAsync("restored"), "SELECT sum(i) FROM t"), Is.EqualTo(1));
        var tags = await Account.Rds.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceName = "arn:aws:rds:us-east-1:000000000000:snapshot:snap-1" });
        Assert.That(tags.TagList.Single().Value, Is.EqualTo("b"));
        await Account.Rds.DeleteDBSnapshotAsync(new DeleteDBSnapshotRequest { DBSnapshotIdentifier = "snap-1" });
        Assert.That(() => Account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { DBSnapshotIdentifier = "snap-1" }), Fails("DBSnapshotNotFound"));
    }

    [Test]
    public async Task An_instance_stops_and_starts_with_its_data()
    {
        var instance = await DatabaseAsync("resting", multiZone: true);
        await AskAsync<int>(instance, "CREATE TABLE t (i int); INSERT INTO t VALUES (9); SELECT 1");
        await Account.Rds.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = "resting" });
        await AvailableAsync("resting", "stopped");
        Assert.That(await AnswersAsync(instance), Is.False);
        Assert.That(() => Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "resting" }), Fails("InvalidDBInstanceState"));
        await Account.Rds.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = "resting" });
        await AvailableAsync("resting");
        await UntilAsync(() => AnswersAsync(instance, "SELECT i FROM t"), "it answers again");
    }

    [Test]
    public async Task A_cluster_fails_over_to_its_reader()
    {
        await Account.Rds.CreateDBClusterAsync(new CreateDBClusterRequest { DBClusterIdentifier = "cluster", Engine = "postgres", MasterUsername = "keeper", MasterUserPassword = "s3cret-enough", DatabaseName = "shop" });
        await UntilAsync(async () => (await ClusterAsync()).Status == "available", "the cluster is there");
        var before = await ClusterAsync();
        var writer = before.DBClusterMembers.Single(member => member.IsClusterWriter is true).DBInstanceIdentifier;
        var reader = before.DBClusterMembers.Single(member => member.IsClusterWriter is false).DBInstanceIdentifier;

        Assert.That(() => Account.Rds.FailoverDBClusterAsync(new FailoverDBClusterRequest { DBClusterIdentifier = "cluster", TargetDBInstanceIdentifier = writer }), Fails("InvalidDBInstanceState"));
        await Account.Rds.FailoverDBClusterAsync(new FailoverDBClusterRequest { DBClusterIdentifier = "cluster", TargetDBInstanceIdentifier = reader });
        await UntilAsync(async () => (await ClusterAsync()).DBClusterMembers.Single(member => member.IsClusterWriter is true).DBInstanceIdentifier == reader, "the reader writes");

        async Task<DBCluster> ClusterAsync() => (await Account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = "cluster" })).DBClusters[0];
    }

    [TestCase("9lives", "InvalidParameterValue")]
    [TestCase("two--dashes", "InvalidParameterValue")]
    [TestCase("ends-", "InvalidParameterValue")]
    [TestCase("line\n", "InvalidParameterValue")]
    public void Identifiers_have_to_be_good(string id, string code) => Assert.That(() => CreateAsync(request => request.DBInstanceIdentifier = id), Fails(code));

    [Test]
    public async Task What_cannot_be_made_is_refused()
    {
        Assert.That(() => CreateAsync(request => request.Engine = "oracle"), Fails("InvalidParameterValue"));
        Assert.That(() => CreateAsync(request => request.MasterUserPassword = "short"), Fails("InvalidParameterValue"));
        Assert.That(() => CreateAsync(request => request.MasterUsername = "rdsadmin"), Fails("InvalidParameterValue"));
        Assert.That(() => CreateAsync(request => request.DBName = "template1"), Fails("InvalidParameterValue"));
        Assert.That(() => CreateAsync(request => request.DBName = "x\"; CREATE ROLE evil SUPERUSER; --"), Fails("InvalidParameterValue"));
        Assert.That(() => Account.Rds.CreateDBClusterAsync(new CreateDBClusterRequest { DBClusterIdentifier = "never", Engine = "postgres", MasterUsername = "keeper", MasterUserPassword = "s3cret-enough", DatabaseName = "template1" }), Fails("InvalidParameterValue"));
        Assert.That(() => CreateAsync(request => (request.MultiAZ, request.AvailabilityZone) = (true, "us-east-1a")), Fails("InvalidParameterCombination"));
        Assert.That(() => CreateAsync(request => request.AvailabilityZone = "eu-west-1a"), Fails("InvalidVPCNetworkStateFault"));
        Assert.That(() => Account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = "nobody" }), Throws.TypeOf<DBInstanceNotFoundException>());
        Assert.That(() => Account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { MaxRecords = 5 }), Fails("InvalidParameterValue"));
        await DatabaseAsync("taken", multiZone: false);
        Assert.That(() => CreateAsync(request => request.DBInstanceIdentifier = "Taken"), Throws.TypeOf<DBInstanceAlreadyExistsException>());
        Assert.That(() => Account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = "taken" }), Fails("InvalidParameterCombination"), "without a final snapshot");
    }

    [Test]
    public async Task Nothing_is_deleted_without_its_final_snapshot()
    {
        await DatabaseAsync("precious", multiZone: false);
        await Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "precious" });
        Assert.That(() => DeleteAsync(), Fails("InvalidDBInstanceState"), "it reboots");
        await AvailableAsync("precious");
        Assert.That(() => Account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { DBSnapshotIdentifier = "last" }), Fails("DBSnapshotNotFound"), "what was refused left nothing");
        await Account.Rds.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = "precious" });
        await AvailableAsync("precious", "stopped");

        Assert.That(() => DeleteAsync(), Fails("NotImplemented"));
        Assert.That((await DescribeAsync("precious")).DBInstanceStatus, Is.EqualTo("stopped"));
        await Account.Rds.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = "precious" });
        await AvailableAsync("precious");
        await DeleteAsync();
        await UntilAsync(async () => (await Account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { DBSnapshotIdentifier = "last" })).DBSnapshots[0].Status == "available", "the snapshot is there");
        await UntilAsync(() => Task.FromResult(!Cloud.Databases.Instances.ContainsKey("precious")), "and the instance gone");

        Task DeleteAsync() => Account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = "precious", FinalDBSnapshotIdentifier = "last" });
    }

    [Test]
    public async Task A_replica_outlives_its_source()
    {
        await DatabaseAsync("parent", multiZone: false);
        await Account.Rds.CreateDBInstanceReadReplicaAsync(new CreateDBInstanceReadReplicaRequest { DBInstanceIdentifier = "child", SourceDBInstanceIdentifier = "parent" });
        var child = await AvailableAsync("child");
        await Account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = "parent", SkipFinalSnapshot = true });

        await UntilAsync(async () => (await DescribeAsync("child")).ReadReplicaSourceDBInstanceIdentifier is null, "it stands alone");
        Assert.That(await AskAsync<int>(child, "CREATE TABLE t (i int); INSERT INTO t VALUES (1); SELECT 1"), Is.EqualTo(1), "and takes writes");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Another_class_is_another_host(bool multiZone)
    {
        var id = multiZone ? "bigger-two" : "bigger-one";
        var instance = await DatabaseAsync(id, multiZone);
        var began = await AskAsync<DateTime>(instance, "SELECT pg_postmaster_start_time()");
        Assert.That(() => Account.Rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = id, DBInstanceClass = "nonsense", ApplyImmediately = true }), Fails("InvalidParameterValue"));
        await Account.Rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = id, DBInstanceClass = "db.m5.large", ApplyImmediately = true });

        await UntilAsync(async () => await DescribeAsync(id) is { DBInstanceStatus: "available", DBInstanceClass: "db.m5.large" }, "it is of the other class");
        await UntilAsync(() => AnswersAsync(instance), "it answers");
        Assert.That(multiZone ? (await DescribeAsync(id)).AvailabilityZone : $"{await AskAsync<DateTime>(instance, "SELECT pg_postmaster_start_time()") > began}", Is.EqualTo(multiZone ? instance.SecondaryAvailabilityZone : "True"));
    }

    private Task<CreateDBInstanceResponse> CreateAsync(Action<CreateDBInstanceRequest> change)
    {
        var request = new CreateDBInstanceRequest { DBInstanceIdentifier = "x", DBInstanceClass = "db.t3.micro", Engine = "postgres", MasterUsername = "keeper", MasterUserPassword = "s3cret-enough" };
        change(request);
        return Account.Rds.CreateDBInstanceAsync(request);
    }

    private async Task<IEnumerable<string>> EventsAsync(string id) =>
        (await Account.Rds.DescribeEventsAsync(new DescribeEventsRequest { SourceIdentifier = id, SourceType = SourceType.DbInstance })).Events.Select(entry => entry.Message);

    private static async Task<bool> AnswersAsync(DBInstance instance, string sql = "SELECT 1")
    {
        try
        {
            await AskAsync<int>(instance, sql);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException)
        {
            return false;
        }
    }

    private static NUnit.Framework.Constraints.EqualStringConstraint Fails(string code) => Throws.InstanceOf<AmazonRDSException>().With.Property("ErrorCode").EqualTo(code);
}
