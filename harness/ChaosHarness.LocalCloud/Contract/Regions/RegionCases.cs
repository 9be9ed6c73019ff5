using System.Net;
using Amazon.CloudWatch.Model;
using Amazon.EC2.Model;
using Amazon.FIS.Model;
using Amazon.RDS.Model;
using Amazon.S3;
using Amazon.S3.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.LocalCloud.Contract.Calls;
using ChaosHarness.LocalCloud.Contract.CloudWatch;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Regions;

/// <summary>What regions see of each other: nothing, but for the names of buckets.</summary>
internal static class RegionCases
{
    private const string Regions = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html";
    private const string Redirects = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("ec2-96", "An instance is not known in another region: `InvalidInstanceID.NotFound`, 400", Regions, ContractCost.Instance, async account =>
        {
            var known = (await account.SharedAsync(TwoInstances.MakeAsync)).First.InstanceId;
            await Claim.RefusedAsync("InvalidInstanceID.NotFound", () => account.Elsewhere.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [known] }));
        }),
        new("ec2-97", "The zones of a region are its own, and so are its subnets", Regions, ContractCost.Nothing, async account =>
        {
            var (here, there) = (await ZonesAsync(account.Account), await ZonesAsync(account.Elsewhere));
            Claim.That("they are called after their region", here.TrueForAll(zone => zone.StartsWith(account.Account.Region, StringComparison.Ordinal)) && there.TrueForAll(zone => zone.StartsWith(account.Elsewhere.Region, StringComparison.Ordinal)));
            Claim.SameSet("subnets that are in both", [], (await SubnetsAsync(account.Account)).Intersect(await SubnetsAsync(account.Elsewhere)));
        }),
        new("ec2-98", "Each region lists the others", "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html", ContractCost.Nothing, async account =>
        {
            var listed = (await account.Ec2.DescribeRegionsAsync(new DescribeRegionsRequest())).Regions.ConvertAll(region => region.RegionName);
            Claim.That("both are listed", listed.Contains(account.Account.Region) && listed.Contains(account.Elsewhere.Region), string.Join(", ", listed));
        }),
        new("rds-96", "A database is not known in another region: `DBInstanceNotFound`, 404", "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RegionsAndAvailabilityZones.html", ContractCost.Database, async account =>
        {
            var known = (await account.SharedAsync(LookedAtDatabase.MakeAsync)).Instance.DBInstanceIdentifier;
            await Claim.RefusedAsync("DBInstanceNotFound|DBInstanceNotFoundFault", () => account.Elsewhere.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = known }), HttpStatusCode.NotFound);
        }),
        new("rds-97", "A replica of a database of another region is refused when there is no such database: `DBInstanceNotFound`, 404", "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html", ContractCost.Nothing, async account =>
            await Claim.RefusedAsync("DBInstanceNotFound|DBInstanceNotFoundFault", async () => await account.Rds.CreateDBInstanceReadReplicaAsync(new CreateDBInstanceReadReplicaRequest
            {
                DBInstanceIdentifier = account.Name("nobodys"),
                SourceDBInstanceIdentifier = $"arn:aws:rds:{account.Elsewhere.Region}:{(await account.Sts.GetCallerIdentityAsync(new())).Account}:db:{account.Name("nobody")}",
            }), HttpStatusCode.NotFound)),
        new("cw-96", "An alarm is not known in another region", "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html", ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "of-one-region");
            Claim.SameSet("alarms elsewhere", [], ((await account.Elsewhere.CloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = [name] })).MetricAlarms ?? []).Select(alarm => alarm.AlarmName));
        }),
        new("fis-96", "A template is not known in another region: `ResourceNotFoundException`, 404", "https://docs.aws.amazon.com/fis/latest/userguide/experiment-templates.html", ContractCost.Nothing, async account =>
        {
            var template = (await MadeTemplates.MakeAsync(account, MadeTemplates.Request(account, account.Name("of-one-region")))).Id;
            await Claim.RefusedAsync("ResourceNotFoundException", () => account.Elsewhere.Fis.GetExperimentTemplateAsync(new GetExperimentTemplateRequest { Id = template }), HttpStatusCode.NotFound);
        }),
        new("s3-100", "A bucket of another region is answered with where it is: `PermanentRedirect`, 301, with `x-amz-bucket-region`", Redirects, ContractCost.Objects, async account =>
        {
            var bucket = await ElsewhereAsync(account, "redirected");
            var answer = await new RawCall("s3", "GET", "/" + bucket) { Query = "list-type=2" }.SendAsync(account);
            answer.IsRefused("PermanentRedirect", 301);
            Claim.Same("the region", account.Elsewhere.Region, answer.Headers.GetValueOrDefault("x-amz-bucket-region"));
        }),
        new("s3-101", "The name of a bucket is taken in all regions: `BucketAlreadyOwnedByYou`, 409", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html", ContractCost.Objects, async account =>
        {
            var bucket = await ElsewhereAsync(account, "taken");
            await Claim.RefusedAsync("BucketAlreadyOwnedByYou|BucketAlreadyExists", () => account.S3.PutBucketAsync(bucket), HttpStatusCode.Conflict);
        }),
        new("s3-102", "Buckets are listed in all regions, wherever they are", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html", ContractCost.Objects, async account =>
        {
            var (here, there) = (await OneBucket.NameAsync(account), await ElsewhereAsync(account, "listed"));
            var listed = (await account.Elsewhere.S3.ListBucketsAsync()).Buckets.ConvertAll(bucket => bucket.BucketName);
            Claim.That("both are listed", listed.Contains(here) && listed.Contains(there), string.Join(", ", listed));
        }),
        new("s3-103", "Objects are replicated to another region", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html", ContractCost.Objects, async account =>
        {
            var (source, replica) = (await MadeBuckets.MakeAsync(account, "to-elsewhere", isVersioned: true), await ElsewhereAsync(account, "from-elsewhere"));
            await account.Elsewhere.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = replica, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } });
            await S3.Replications.RuleAsync(account, source, replica, "");
            await MadeBuckets.PutAsync(account, source, "k", "tea");
            await account.UntilAsync("it is replicated", async () => (await account.S3.GetObjectMetadataAsync(source, "k")).ReplicationStatus?.Value == "COMPLETED");
            using var copy = await account.Elsewhere.S3.GetObjectAsync(replica, "k");
            using var reader = new StreamReader(copy.ResponseStream);
            Claim.Same("the copy", "tea", await reader.ReadToEndAsync());
        }),
    ];

    private static async Task<string> ElsewhereAsync(ContractAccount account, string name)
    {
        var bucket = account.Name(name);
        await account.Elsewhere.S3.PutBucketAsync(new PutBucketRequest { BucketName = bucket, BucketRegionName = account.Elsewhere.Region });
        account.OnEnd(() => MadeBuckets.RemoveAsync(account, account.Elsewhere.S3, bucket));
        return bucket;
    }

    private static async Task<List<string>> ZonesAsync(AwsAccount account) =>
        (await account.Ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest())).AvailabilityZones.ConvertAll(zone => zone.ZoneName);

    private static async Task<List<string>> SubnetsAsync(AwsAccount account) =>
        ((await account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets ?? []).ConvertAll(subnet => subnet.SubnetId);
}
