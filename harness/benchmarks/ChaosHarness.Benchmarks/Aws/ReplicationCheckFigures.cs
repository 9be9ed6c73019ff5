using System.Diagnostics;
using System.Globalization;
using Amazon;
using Amazon.S3;
using Amazon.S3.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Replication;
using ChaosHarness.LocalCloud;

namespace ChaosHarness.Benchmarks.Aws;

/// <summary>How long it takes to hold a hundred thousand objects against their replicas, in the local cloud.</summary>
internal static class ReplicationCheckFigures
{
    private const int Objects = 100_000;
    private const int Lost = 3;
    private const string From = "bench-from";
    private const string To = "bench-to";

    public static async Task RunAsync()
    {
        await using var cloud = await LocalCloud.LocalCloud.StartAsync(new LocalCloudOptions { Speed = 600, OtherRegions = ["us-west-2"] });
        using var account = new AwsAccount(RegionEndpoint.USEast1, cloud.Credentials, cloud.Url);
        using var west = account.InRegion(RegionEndpoint.USWest2);
        await FillAsync(account.S3, west.S3);
        for (var number = 0; number < Lost; number++)
        {
            var gone = (await west.S3.ListVersionsAsync(new ListVersionsRequest { BucketName = To, Prefix = Key(number * Objects / Lost), MaxKeys = 1 })).Versions[0];
            await west.S3.DeleteObjectAsync(To, gone.Key, gone.VersionId);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var since = Stopwatch.GetTimestamp();
        var report = await new S3ReplicationCheck(account.S3, From, west.S3, To) { Allowed = TimeSpan.Zero }.CheckAsync();
        var took = Stopwatch.GetElapsedTime(since);
        Figures.Print("100 000 objects held against their replicas", string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s"), "at most 30 s");
        Figures.Print("of which three were lost, found", string.Create(CultureInfo.InvariantCulture, $"{report.Missing} of {report.Same + report.Missing}"), "3 of 100000");
        Figures.Print("memory more than before", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:0} MB"), "not with the bucket");
    }

    private static string Key(int number) => number.ToString("000000", CultureInfo.InvariantCulture);

    private static async Task FillAsync(IAmazonS3 here, IAmazonS3 there)
    {
        foreach (var (s3, bucket, region) in new[] { (here, From, "us-east-1"), (there, To, "us-west-2") })
        {
            await s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket, BucketRegionName = region });
            await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } });
        }

        await here.PutBucketReplicationAsync(new PutBucketReplicationRequest
        {
            BucketName = From,
            Configuration = new ReplicationConfiguration
            {
                Role = "arn:aws:iam::000000000000:role/replication",
                Rules = [new ReplicationRule { Id = "all", Status = ReplicationRuleStatus.Enabled, Priority = 1, Filter = new ReplicationRuleFilter { Prefix = "" }, DeleteMarkerReplication = new DeleteMarkerReplication { Status = DeleteMarkerReplicationStatus.Disabled }, Destination = new ReplicationDestination { BucketArn = "arn:aws:s3:::" + To } }],
            },
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, Objects), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, token) =>
            await here.PutObjectAsync(new PutObjectRequest { BucketName = From, Key = Key(number), ContentBody = Key(number) }, token));
        for (var replicated = 0; replicated < Objects; await Task.Delay(TimeSpan.FromMilliseconds(50)))
        {
            var status = (await here.GetObjectMetadataAsync(From, Key(replicated))).ReplicationStatus;
            replicated += status == ReplicationStatus.Completed ? 997 : 0;
        }
    }
}
