using System.Diagnostics;
using Amazon;
using Amazon.CloudWatch.Model;
using Amazon.RDS.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Experiments;
using ChaosHarness.Probes;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using Outcome = ChaosHarness.Experiments.Outcome;

namespace ChaosHarness.LocalCloud.Tests.Regions;

/// <summary>A region is lost at once and brought back, and a replica in another takes its place.</summary>
[NonParallelizable]
public sealed class RegionLossTests : CloudTests
{
    private const string East = "us-east-1";

    private AwsAccount West => Account.InRegion(RegionEndpoint.USWest2);

    protected override LocalCloudOptions Options => base.Options with { OtherRegions = ["us-west-2"], LoadBalancers = [new LoadBalancerPlan("web") { HealthCheckPath = "/hello" }, new LoadBalancerPlan("web") { Region = "us-west-2", HealthCheckPath = "/hello" }] };

    [TearDown]
    public async Task Bring_it_back() => await Cloud.BringBackAsync(East);

    [Test]
    public async Task A_lost_region_hangs_or_refuses_and_the_other_answers()
    {
        using var hasty = new AwsAccount(RegionEndpoint.USEast1, Cloud.Credentials, Cloud.Url) { MaximumRetries = 0, CallTimeout = TimeSpan.FromSeconds(1) };
        await Cloud.LoseAsync(East);
        var since = Stopwatch.GetTimestamp();
        Assert.That(async () => await hasty.Ec2.DescribeInstancesAsync(new()), Throws.Exception, "it hangs, and is given up");
        Assert.That(Stopwatch.GetElapsedTime(since), Is.InRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20)));
        Assert.That(async () => await West.Ec2.DescribeInstancesAsync(new()), Throws.Nothing);
        var hanging = Account.Ec2.DescribeInstancesAsync(new());
        await Task.Delay(200);
        Assert.That(hanging.IsCompleted, Is.False);

        await Cloud.BringBackAsync(East);
        Assert.That(async () => await hanging.WaitAsync(Patience), Throws.Nothing, "it is hung up on, and the client asks once more by itself");
        Assert.That(async () => await Account.Ec2.DescribeInstancesAsync(new()), Throws.Nothing);

        await Cloud.LoseAsync(East, isSilent: false);
        var refusal = await Assert.CatchAsync<AmazonServiceException>(() => Account.Rds.DescribeDBInstancesAsync(new()));
        Assert.That((refusal!.ErrorCode, (int)refusal.StatusCode), Is.EqualTo(("ServiceUnavailable", 503)));
        Assert.That(() => Cloud.LoseAsync(East), Throws.InvalidOperationException.With.Message.Contains("lost already"));
        Assert.That(() => Cloud.LoseAsync("mars-north-1"), Throws.ArgumentException.With.Message.Contains("us-east-1, us-west-2"));
    }

    [Test]
    public async Task Instances_load_balancers_and_databases_end_and_are_back_with_what_they_had()
    {
        var database = await DatabaseAsync("lost", multiZone: false);
        await AskAsync<int>(database, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7); SELECT 1");
        var instance = await RunAsync();
        var balancer = (await Account.LoadBalancing.DescribeLoadBalancersAsync(new())).LoadBalancers.Single();
        var group = (await Account.LoadBalancing.DescribeTargetGroupsAsync(new())).TargetGroups.Single().TargetGroupArn;
        await Account.LoadBalancing.RegisterTargetsAsync(new() { TargetGroupArn = group, Targets = [new() { Id = instance.InstanceId }] });
        await UntilAsync(() => AnswersAsync(balancer.DNSName), "the load balancer answers");

        await Cloud.LoseAsync(East);
        Assert.That(await ServesAsync(instance), Is.False);
        Assert.That(await AnswersAsync(balancer.DNSName), Is.False);
        Assert.That(async () => await AskAsync<int>(database, "SELECT id FROM kept"), Throws.Exception);

        await Cloud.BringBackAsync(East);
        Assert.That(await AskAsync<int>(database, "SELECT id FROM kept"), Is.EqualTo(7));
        await UntilAsync(() => ServesAsync(instance), "the instance serves again");
        await UntilAsync(() => AnswersAsync(balancer.DNSName), "the load balancer answers, with the target that it had");
    }

    [Test]
    public async Task Objects_are_not_replicated_from_a_lost_region_and_made_up_for()
    {
        foreach (var (bucket, account) in new[] { ("lost-source", Account), ("lost-copy", West) })
        {
            await account.S3.PutBucketAsync(new PutBucketRequest { BucketName = bucket, BucketRegionName = account.Region });
            await account.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } });
        }

        await Account.S3.PutBucketReplicationAsync(new PutBucketReplicationRequest
        {
            BucketName = "lost-source",
            Configuration = new ReplicationConfiguration
            {
                Role = "arn:aws:iam::000000000000:role/replication",
                Rules = [new ReplicationRule { Id = "all", Status = ReplicationRuleStatus.Enabled, Priority = 1, Filter = new ReplicationRuleFilter { Prefix = "" }, DeleteMarkerReplication = new DeleteMarkerReplication { Status = DeleteMarkerReplicationStatus.Disabled }, Destination = new ReplicationDestination { BucketArn = "arn:aws:s3:::lost-copy" } }],
            },
        });
        await Cloud.LoseAsync(East, RegionParts.Replication);
        await Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "lost-source", Key = "k", ContentBody = "tea" });
        await Task.Delay(1000);
        Assert.That(await HasAsync(), Is.False, "long after the lag");

        await Cloud.BringBackAsync(East);
        await UntilAsync(HasAsync, "it is made up for");

        async Task<bool> HasAsync() => (await West.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "lost-copy" })).S3Objects is { Count: > 0 };
    }

    [Test]
    public async Task A_replica_in_another_region_tells_its_lag_and_takes_over_when_its_source_is_lost()
    {
        var source = await DatabaseAsync("followed", multiZone: false);
        await AskAsync<int>(source, "CREATE TABLE orders (id int); INSERT INTO orders VALUES (1); SELECT 1");
        var made = (await West.Rds.CreateDBInstanceReadReplicaAsync(new CreateDBInstanceReadReplicaRequest { DBInstanceIdentifier = "follower", SourceDBInstanceIdentifier = source.DBInstanceArn })).DBInstance;
        Assert.That(made.ReadReplicaSourceDBInstanceIdentifier, Is.EqualTo(source.DBInstanceArn));
        Assert.That((await DescribeAsync("followed")).ReadReplicaDBInstanceIdentifiers, Is.EqualTo(new[] { made.DBInstanceArn }));
        DBInstance replica = null!;
        await UntilAsync(async () => (replica = (await West.Rds.DescribeDBInstancesAsync(new() { DBInstanceIdentifier = "follower" })).DBInstances[0]).DBInstanceStatus == "available", "the replica is available");

        await AskAsync<int>(source, "INSERT INTO orders VALUES (2); SELECT 1");
        await UntilAsync(async () => await AskAsync<long>(replica, "SELECT count(*) FROM orders") == 2, "it follows");
        Assert.That(async () => await AskAsync<int>(replica, "INSERT INTO orders VALUES (9); SELECT 1"), Throws.InstanceOf<Npgsql.PostgresException>(), "it only reads");
        await UntilAsync(async () => await LagAsync() is not null, "CloudWatch has its lag");

        await Cloud.LoseAsync(East);
        await West.Rds.PromoteReadReplicaAsync(new PromoteReadReplicaRequest { DBInstanceIdentifier = "follower" });
        Assert.That(async () => await West.Rds.PromoteReadReplicaAsync(new PromoteReadReplicaRequest { DBInstanceIdentifier = "follower" }), Throws.TypeOf<InvalidDBInstanceStateException>(), "asked twice");
        await UntilAsync(async () => (await West.Rds.DescribeDBInstancesAsync(new() { DBInstanceIdentifier = "follower" })).DBInstances[0] is { DBInstanceStatus: "available", ReadReplicaSourceDBInstanceIdentifier: null }, "it stands alone");
        Assert.That(await AskAsync<long>(replica, "INSERT INTO orders VALUES (3); SELECT count(*) FROM orders"), Is.EqualTo(3));

        async Task<double?> LagAsync() => (await West.CloudWatch.GetMetricDataAsync(new GetMetricDataRequest
        {
            StartTime = DateTime.UtcNow.AddMinutes(-2),
            EndTime = DateTime.UtcNow.AddMinutes(1),
            MetricDataQueries = [new MetricDataQuery { Id = "lag", MetricStat = new MetricStat { Stat = "Maximum", Period = 60, Metric = new Amazon.CloudWatch.Model.Metric { Namespace = "AWS/RDS", MetricName = "ReplicaLag", Dimensions = [new Amazon.CloudWatch.Model.Dimension { Name = "DBInstanceIdentifier", Value = "follower" }] } } }],
        })).MetricDataResults.Single().Values is [var lag, ..] ? lag : null;
    }

    [Test]
    public async Task A_replica_of_nothing_is_refused()
    {
        await RefusedAsync("DBInstanceNotFound", $"arn:aws:rds:{East}:000000000000:db:nobody");
        await RefusedAsync("InvalidParameterValue", "arn:aws:rds:mars-north-1:000000000000:db:nobody");
        await RefusedAsync("InvalidParameterValue", "arn:aws:rds:us-east-1:111122223333:db:nobody");
        await RefusedAsync("InvalidParameterValue", $"arn:aws:rds:{East}:000000000000:db:nobody", "https://rds.us-west-2.amazonaws.com/?Action=CreateDBInstanceReadReplica&X-Amz-Credential=A/20260101/us-west-2/rds/aws4_request");
        await Cloud.LoseAsync(East);
        await RefusedAsync("InvalidDBInstanceState", $"arn:aws:rds:{East}:000000000000:db:nobody");

        async Task RefusedAsync(string code, string source, string? url = null) =>
            Assert.That((await Assert.CatchAsync<AmazonServiceException>(() => West.Rds.CreateDBInstanceReadReplicaAsync(new CreateDBInstanceReadReplicaRequest { DBInstanceIdentifier = "refused", SourceDBInstanceIdentifier = source, PreSignedUrl = url })))!.ErrorCode, Is.EqualTo(code));
    }

    [Test]
    public async Task An_experiment_in_a_lost_region_is_inconclusive_with_the_reason_and_does_not_hang()
    {
        using var hasty = new AwsAccount(RegionEndpoint.USEast1, Cloud.Credentials, Cloud.Url) { MaximumRetries = 0, CallTimeout = TimeSpan.FromSeconds(1), Policy = Account.Policy, Tell = static _ => { } };
        await Cloud.LoseAsync(East);
        var since = Stopwatch.GetTimestamp();
        var template = FisTemplate.For("reboot", "arn:aws:iam::000000000000:role/fis").Target("all", FisTarget.Instances.WithTag("role", "any")).Do("reboot", FisAction.RebootInstances("all"));
        var journals = Directory.CreateTempSubdirectory("lost-region-").FullName;
        try
        {
            var result = await new ExperimentRunner(new RunnerOptions { FaultJournalFolder = journals }).RunAsync(ChaosHarness.Experiments.Experiment.Hypothesis("it cannot be asked")
                .On(new SystemUnderTest("lost region") { Environment = "local", Reach = SystemReach.Owned })
                .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("10ms"))
                .SteadyState(new SuccessRate("pulse").AtLeast(1))
                .SteadyFor("300ms")
                .Inject(hasty.Experiment(template, "a")));

            Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive), result.Reason);
            Assert.That(result.Reason, Does.EndWith("did not answer within 1 s"));
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(30)));
        }
        finally
        {
            Directory.Delete(journals, recursive: true);
        }
    }

    private static async Task<bool> AnswersAsync(string address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(1) };
        try
        {
            return (await http.GetAsync(new Uri($"http://{address}:{LocalCloud.LoadBalancerPort}/hello"))).IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
