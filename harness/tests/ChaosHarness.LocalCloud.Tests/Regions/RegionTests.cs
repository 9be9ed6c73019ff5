using Amazon;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.LocalCloud.Tests.Regions;

/// <summary>Two regions behind one endpoint.</summary>
public sealed class RegionTests : CloudTests
{
    private AwsAccount West => Account.InRegion(RegionEndpoint.USWest2);

    protected override LocalCloudOptions Options => base.Options with
    {
        OtherRegions = ["us-west-2"],
        LoadBalancers = [new LoadBalancerPlan("east"), new LoadBalancerPlan("west") { Region = "us-west-2" }],
    };

    [Test]
    public async Task Load_balancers_are_in_their_region()
    {
        Assert.That((await Account.LoadBalancing.DescribeLoadBalancersAsync(new())).LoadBalancers.Select(balancer => balancer.LoadBalancerName), Is.EqualTo(new[] { "east" }));
        Assert.That((await West.LoadBalancing.DescribeLoadBalancersAsync(new())).LoadBalancers.Select(balancer => balancer.LoadBalancerArn).Single(), Does.StartWith("arn:aws:elasticloadbalancing:us-west-2:000000000000:loadbalancer/app/west/"));
    }

    [Test]
    public async Task An_instance_runs_where_it_was_launched_and_knows_its_region()
    {
        var run = await West.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-west", MinCount = 1, MaxCount = 1, UserData = Convert.ToBase64String("echo $AWS_REGION > region\nexec python3 -m http.server $PORT --bind 127.0.0.1 2>/dev/null\n"u8) });
        var instance = run.Reservation.Instances[0];
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var said = "";
        await UntilAsync(async () =>
        {
            try
            {
                said = await http.GetStringAsync(new Uri($"http://{instance.PrivateIpAddress}:{LocalCloud.InstancePort}/region"));
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the instance serves");

        Assert.That(said.Trim(), Is.EqualTo("us-west-2"));
        Assert.That(instance.Placement.AvailabilityZone, Does.StartWith("us-west-2"));
        Assert.That((await Account.Ec2.DescribeInstancesAsync(new())).Reservations ?? [], Is.Empty);
    }

    [Test]
    public async Task A_signature_for_a_region_that_is_not_there_is_refused_with_those_that_are()
    {
        var refusal = await Assert.ThrowsAsync<AmazonEC2Exception>(() => Account.InRegion(RegionEndpoint.EUCentral1).Ec2.DescribeInstancesAsync(new()));

        Assert.That((refusal!.ErrorCode, refusal.Message), Is.EqualTo(("AuthFailure", "Credential should be scoped to a valid region, not 'eu-central-1': this cloud is us-east-1, us-west-2.")));
        Assert.That((await Account.Sts.GetCallerIdentityAsync(new())).Arn, Is.EqualTo((await West.Sts.GetCallerIdentityAsync(new())).Arn), "who somebody is, is the same everywhere");
    }

    [Test]
    public async Task An_experiment_sees_its_own_region_alone()
    {
        await West.S3.PutBucketAsync(new PutBucketRequest { BucketName = "out-west", BucketRegionName = "us-west-2" });
        var template = FisTemplate.For("pause", "arn:aws:iam::000000000000:role/fis")
            .Target("bucket", FisTarget.Buckets.WithArns("arn:aws:s3:::out-west"))
            .Do("pause", FisAction.PauseReplication("bucket", "1m", "us-west-2"));

        var here = await FisRuns.StartAsync(Account, null, template.ToRequest(), "here", Amazon.FIS.ActionsMode.RunAll, default);
        var there = await FisRuns.StartAsync(West, null, template.ToRequest(), "there", Amazon.FIS.ActionsMode.RunAll, default);

        Assert.That((await FisRuns.EndedAsync(Account, here.Id, default)).State.Status.Value, Is.EqualTo("failed"), "there is no such bucket here");
        var ended = await FisRuns.EndedAsync(West, there.Id, default);
        Assert.That((ended.State.Status.Value, ended.State.Reason), Is.EqualTo(("failed", "Action pause failed: out-west has no enabled rule that replicates to us-west-2: there is nothing to pause.")), "it was found there");
    }

    [Test]
    public async Task Replication_is_paused_to_the_region_that_is_named_and_to_no_other()
    {
        foreach (var (bucket, account) in new[] { ("paused-source", Account), ("paused-east", Account), ("paused-west", West) })
        {
            await account.S3.PutBucketAsync(new PutBucketRequest { BucketName = bucket, BucketRegionName = account.Region });
            await account.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } });
        }

        await Account.S3.PutBucketReplicationAsync(new PutBucketReplicationRequest
        {
            BucketName = "paused-source",
            Configuration = new ReplicationConfiguration { Role = "arn:aws:iam::000000000000:role/replication", Rules = [Rule("east"), Rule("west")] },
        });
        var template = FisTemplate.For("pause", "arn:aws:iam::000000000000:role/fis")
            .Target("bucket", FisTarget.Buckets.WithArns("arn:aws:s3:::paused-source"))
            .Do("pause", FisAction.PauseReplication("bucket", "10m", "us-west-2"));
        var experiment = await FisRuns.StartAsync(Account, null, template.ToRequest(), "pause", Amazon.FIS.ActionsMode.RunAll, default);
        await UntilAsync(async () => (await FisRuns.GetAsync(Account, experiment.Id, default)).Actions["pause"].StartTime is not null, "it is paused");

        await Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "paused-source", Key = "k", ContentBody = "tea" });
        await UntilAsync(() => HasAsync(Account, "paused-east"), "it is replicated to the region that is not paused");
        await Task.Delay(800);
        Assert.That(await HasAsync(West, "paused-west"), Is.False, "long after the lag");
        Assert.That((await Account.S3.GetObjectMetadataAsync("paused-source", "k")).ReplicationStatus.Value, Is.EqualTo("PENDING"), "until all have it");
        await FisRuns.EndedAsync(Account, experiment.Id, default);
        await UntilAsync(() => HasAsync(West, "paused-west"), "it is made up for");
    }

    [Test]
    public async Task Calls_are_made_to_fail_in_one_region()
    {
        const string Role = "arn:aws:iam::000000000000:role/Caller";
        var assumed = (await Account.Sts.AssumeRoleAsync(new() { RoleArn = Role, RoleSessionName = "caller" })).Credentials;
        var template = FisTemplate.For("throttle", "arn:aws:iam::000000000000:role/fis")
            .Target("role", FisTarget.Roles.WithArns(Role))
            .Do("throttle", FisAction.ThrottleCalls("role", "10m", "ec2", "DescribeInstances", 100));
        using var caller = AccountOf(Cloud, new SessionAWSCredentials(assumed.AccessKeyId, assumed.SecretAccessKey, assumed.SessionToken));
        var experiment = await FisRuns.StartAsync(Account, null, template.ToRequest(), "throttle", Amazon.FIS.ActionsMode.RunAll, default);
        await UntilAsync(async () => (await FisRuns.GetAsync(Account, experiment.Id, default)).Actions["throttle"].StartTime is not null, "calls fail");

        Assert.That(async () => await caller.Ec2.DescribeInstancesAsync(new()), Throws.InstanceOf<AmazonEC2Exception>());
        Assert.That(async () => await caller.InRegion(RegionEndpoint.USWest2).Ec2.DescribeInstancesAsync(new()), Throws.Nothing);
    }

    [Test]
    public async Task Options_that_cannot_be_meant_are_refused_with_every_reason()
    {
        var options = new LocalCloudOptions { OtherRegions = ["us-east-1", ""], LoadBalancers = [new LoadBalancerPlan("lost") { Region = "mars-north-1" }] };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => LocalCloud.StartAsync(options));

        Assert.That(refusal!.Message, Does.Contain("The region us-east-1 is there twice.").And.Contain("A region has no name.").And.Contain("The load balancer 'lost' is in mars-north-1, which is no region of this cloud: us-east-1, us-east-1, ."));
    }

    private static ReplicationRule Rule(string side) => new()
    {
        Id = side,
        Status = ReplicationRuleStatus.Enabled,
        Priority = side == "east" ? 1 : 2,
        Filter = new ReplicationRuleFilter { Prefix = "" },
        DeleteMarkerReplication = new DeleteMarkerReplication { Status = DeleteMarkerReplicationStatus.Disabled },
        Destination = new ReplicationDestination { BucketArn = "arn:aws:s3:::paused-" + side },
    };

    private static async Task<bool> HasAsync(AwsAccount account, string bucket) =>
        (await account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects is { Count: > 0 };
}
