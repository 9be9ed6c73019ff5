using Amazon.S3;
using Amazon.S3.Model;
using ChaosHarness.Aws.Replication;

namespace ChaosHarness.LocalCloud.Tests.S3;

/// <summary>A bucket that is replicated to another region.</summary>
internal sealed class ReplicatedPair
{
    private readonly IAmazonS3 _here;
    private readonly IAmazonS3 _there;
    private (string Key, string Version)? _last;

    private ReplicatedPair(IAmazonS3 here, IAmazonS3 there, string name) => (_here, _there, From, To) = (here, there, $"{name}-from", $"{name}-to");

    public string From { get; }

    public string To { get; }

    public S3ReplicationCheck Check => new(_here, From, _there, To);

    public static async Task<ReplicatedPair> MakeAsync(IAmazonS3 here, IAmazonS3 there, string name, string prefix = "", bool marks = false)
    {
        var pair = new ReplicatedPair(here, there, name);
        foreach (var (s3, bucket, region) in new[] { (here, pair.From, "us-east-1"), (there, pair.To, "us-west-2") })
        {
            await s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket, BucketRegionName = region });
            await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } });
        }

        await here.PutBucketReplicationAsync(new PutBucketReplicationRequest
        {
            BucketName = pair.From,
            Configuration = new ReplicationConfiguration
            {
                Role = "arn:aws:iam::000000000000:role/replication",
                Rules =
                [
                    new ReplicationRule
                    {
                        Id = "all",
                        Status = ReplicationRuleStatus.Enabled,
                        Priority = 1,
                        Filter = new ReplicationRuleFilter { Prefix = prefix },
                        DeleteMarkerReplication = new DeleteMarkerReplication { Status = marks ? DeleteMarkerReplicationStatus.Enabled : DeleteMarkerReplicationStatus.Disabled },
                        Destination = new ReplicationDestination { BucketArn = "arn:aws:s3:::" + pair.To },
                    },
                ],
            },
        });
        return pair;
    }

    /// <summary>Writes an object of its own content.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="settles">Whether it will be replicated.</param>
    public async Task PutAsync(string key, bool settles = true)
    {
        var put = await _here.PutObjectAsync(new PutObjectRequest { BucketName = From, Key = key, ContentBody = Guid.NewGuid().ToString() });
        _last = settles ? (key, put.VersionId) : _last;
    }

    /// <summary>Whether the last write is replicated that will be: they are, in their order.</summary>
    public async Task<bool> IsSettledAsync() =>
        _last is not var (key, version) || (await _here.GetObjectMetadataAsync(From, key, version)).ReplicationStatus == ReplicationStatus.Completed;
}
