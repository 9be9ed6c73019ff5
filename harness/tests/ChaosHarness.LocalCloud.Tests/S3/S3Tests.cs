using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.LocalCloud.Tests.S3;

/// <summary>Objects, versions, and replication that can be held up.</summary>
public sealed class S3Tests : CloudTests
{
    [TestCase("plain.txt")]
    [TestCase("a folder/with spaces & signs+.txt")]
    [TestCase("tea/\u8336.txt")]
    public async Task An_object_is_got_as_it_was_put(string key)
    {
        await BucketAsync("objects");
        var content = string.Concat(Enumerable.Repeat("tea and biscuits ", 10_000));
        var put = await Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "objects", Key = key, ContentBody = content, ContentType = "text/plain", Metadata = { ["owner"] = "shop" } });
        using var got = await Account.S3.GetObjectAsync("objects", key);
        using var reader = new StreamReader(got.ResponseStream);

        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(content));
        Assert.That((got.ETag, got.Headers.ContentType, got.Metadata["owner"]), Is.EqualTo((put.ETag, "text/plain", "shop")));
        using var part = await Account.S3.GetObjectAsync(new GetObjectRequest { BucketName = "objects", Key = key, ByteRange = new ByteRange(4, 6) });
        using var partReader = new StreamReader(part.ResponseStream);
        Assert.That(await partReader.ReadToEndAsync(), Is.EqualTo("and"));
        Assert.That((await Account.S3.GetObjectMetadataAsync("objects", key)).ContentLength, Is.EqualTo(content.Length));
        await Account.S3.DeleteObjectAsync("objects", key);
        Assert.That(() => Account.S3.GetObjectAsync("objects", key), Fails("NoSuchKey"));
    }

    [Test]
    public async Task An_object_that_is_written_over_while_it_is_read_is_the_old_or_the_new_one()
    {
        await BucketAsync("busy");
        await PutAsync(0);
        var writing = Parallel.ForAsync(1, 200, async (number, _) => await PutAsync(number));
        while (!writing.IsCompleted)
        {
            using var got = await Account.S3.GetObjectAsync("busy", "one");
            using var reader = new StreamReader(got.ResponseStream);
            Assert.That(await reader.ReadToEndAsync(), Does.StartWith("content "));
        }

        await writing;

        Task PutAsync(int number) => Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "busy", Key = "one", ContentBody = $"content {number}" });
    }

    [Test]
    public async Task A_key_has_one_tag()
    {
        await BucketAsync("tagged");
        List<Tag> twice = [new() { Key = "a", Value = "1" }, new() { Key = "a", Value = "2" }];

        Assert.That(() => Account.S3.PutBucketTaggingAsync(new PutBucketTaggingRequest { BucketName = "tagged", TagSet = twice }), Fails("InvalidTag"));
        Assert.That(() => Account.S3.PutBucketTaggingAsync(new PutBucketTaggingRequest { BucketName = "tagged", TagSet = [new() { Key = "a" }] }), Fails("MalformedXML"));
    }

    [Test]
    public async Task Objects_are_listed_by_prefix_folder_and_page()
    {
        await BucketAsync("lists");
        foreach (var key in new[] { "a/1", "a/2", "b/1", "c", "d" })
        {
            await Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "lists", Key = key, ContentBody = key });
        }

        var top = await Account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "lists", Delimiter = "/" });
        Assert.That(top.CommonPrefixes, Is.EqualTo(new[] { "a/", "b/" }));
        Assert.That(top.S3Objects.Select(item => item.Key), Is.EqualTo(new[] { "c", "d" }));
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await Account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "lists", MaxKeys = 2, ContinuationToken = next });
            seen.AddRange(page.S3Objects.Select(item => item.Key));
            next = page.NextContinuationToken;
        }
        while (next is not null);
        Assert.That(seen, Is.EqualTo(new[] { "a/1", "a/2", "b/1", "c", "d" }));
        Assert.That(() => Account.S3.DeleteBucketAsync("lists"), Fails("BucketNotEmpty"));
    }

    [Test]
    public async Task Versions_are_kept_and_a_deleted_object_can_be_got_back()
    {
        await BucketAsync("versions", versioned: true);
        var first = await Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "versions", Key = "k", ContentBody = "first" });
        await Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "versions", Key = "k", ContentBody = "second" });
        var deleted = await Account.S3.DeleteObjectAsync("versions", "k");

        Assert.That(deleted.DeleteMarker, Is.EqualTo("true"));
        Assert.That(() => Account.S3.GetObjectAsync("versions", "k"), Fails("NoSuchKey"));
        using var old = await Account.S3.GetObjectAsync("versions", "k", first.VersionId);
        using var reader = new StreamReader(old.ResponseStream);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("first"));
        await Account.S3.DeleteObjectAsync("versions", "k", deleted.VersionId);
        using var back = await Account.S3.GetObjectAsync("versions", "k");
        Assert.That(back.ContentLength, Is.EqualTo(6), "the second is the latest again");
    }

    [Test]
    public async Task Objects_are_replicated_after_a_lag_and_not_while_that_is_paused()
    {
        await ReplicatedAsync("source", "replica");
        await Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "source", Key = "one", ContentBody = "1" });
        Assert.That(await StatusAsync("source", "one"), Is.EqualTo("PENDING"));
        await UntilAsync(async () => await StatusAsync("source", "one") == "COMPLETED", "it is replicated");
        Assert.That(await StatusAsync("replica", "one"), Is.EqualTo("REPLICA"));

        var template = FisTemplate.For("pause", "arn:aws:iam::000000000000:role/fis")
            .Target("bucket", FisTarget.Buckets.WithArns("arn:aws:s3:::source"))
            .Do("pause", FisAction.PauseReplication("bucket", "2m", "us-east-1"));
        var experiment = await FisRuns.StartAsync(Account, null, template.ToRequest(), "pause", Amazon.FIS.ActionsMode.RunAll, default);
        await UntilAsync(async () => (await FisRuns.GetAsync(Account, experiment.Id, default)).Actions["pause"].StartTime is not null, "it is paused");
        await Account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "source", Key = "two", ContentBody = "2" });
        await Task.Delay(800);
        Assert.That(await StatusAsync("source", "two"), Is.EqualTo("PENDING"));
        Assert.That(() => Account.S3.GetObjectMetadataAsync("replica", "two"), Throws.InstanceOf<AmazonS3Exception>().With.Property("StatusCode").EqualTo(HttpStatusCode.NotFound));
        await FisRuns.EndedAsync(Account, experiment.Id, default);
        await UntilAsync(async () => await StatusAsync("source", "two") == "COMPLETED", "it is made up for");
    }

    [Test]
    public async Task A_pause_that_fits_no_rule_fails()
    {
        await ReplicatedAsync("prefixed", "copy");
        await RuleAsync("prefixed", "copy", "documents/");
        FisTemplate Pause(string prefix) => FisTemplate.For("pause", "arn:aws:iam::000000000000:role/fis")
            .Target("bucket", FisTarget.Buckets.WithArns("arn:aws:s3:::prefixed"))
            .Do("pause", FisAction.PauseReplication("bucket", "1m", "us-east-1").With("prefixes", prefix));
        async Task<Amazon.FIS.Model.Experiment> RunAsync(FisTemplate template)
        {
            var started = await FisRuns.StartAsync(Account, null, template.ToRequest(), Guid.NewGuid().ToString("N"), Amazon.FIS.ActionsMode.RunAll, default);
            return await FisRuns.EndedAsync(Account, started.Id, default);
        }

        var misspelt = await RunAsync(Pause("documnets/"));
        var right = await RunAsync(Pause("documents/"));

        Assert.That((misspelt.State.Status.Value, misspelt.State.Reason), Is.EqualTo(("failed", "Action pause failed: prefixed has no enabled rule that replicates to us-east-1 for keys that begin with documnets/: there is nothing to pause.")));
        Assert.That(right.State.Status.Value, Is.EqualTo("completed"));
    }

    [Test]
    public async Task Replication_needs_versions_on_both_sides_and_its_rules_are_given_back()
    {
        await BucketAsync("bare");
        await BucketAsync("ready", versioned: true);
        Assert.That((await Account.S3.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = "ready" })).Configuration?.Rules, Is.Null.Or.Empty, "the SDK makes nothing of the error that there are none");
        Assert.That(() => RuleAsync("bare", "ready"), Fails("InvalidRequest"));
        Assert.That(() => RuleAsync("ready", "bare"), Fails("InvalidRequest"));
        await BucketAsync("other", versioned: true);
        await RuleAsync("ready", "other");

        var rules = await Account.S3.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = "ready" });
        Assert.That(rules.Configuration.Rules.Single().Destination.BucketArn, Is.EqualTo("arn:aws:s3:::other"));
    }

    [Test]
    public async Task Buckets_are_listed_and_badly_named_ones_refused()
    {
        await BucketAsync("listed");

        Assert.That((await Account.S3.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Has.Member("listed"));
        Assert.That(() => Account.S3.PutBucketAsync("listed"), Throws.Nothing, "in us-east-1, and nowhere else");
        Assert.That(() => Account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "missing" }), Fails("NoSuchBucket"));
        await Account.S3.DeleteBucketAsync("listed");
        Assert.That((await Account.S3.ListBucketsAsync()).Buckets?.Select(bucket => bucket.BucketName) ?? [], Has.No.Member("listed"));
    }

    private async Task BucketAsync(string name, bool versioned = false)
    {
        if (!((await Account.S3.ListBucketsAsync()).Buckets ?? []).Exists(bucket => bucket.BucketName == name))
        {
            await Account.S3.PutBucketAsync(name);
        }

        if (versioned)
        {
            await Account.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = name, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } });
        }
    }

    private async Task ReplicatedAsync(string source, string replica)
    {
        await BucketAsync(source, versioned: true);
        await BucketAsync(replica, versioned: true);
        await RuleAsync(source, replica);
    }

    private Task<PutBucketReplicationResponse> RuleAsync(string source, string replica, string prefix = "") => Account.S3.PutBucketReplicationAsync(new PutBucketReplicationRequest
    {
        BucketName = source,
        Configuration = new ReplicationConfiguration
        {
            Role = "arn:aws:iam::000000000000:role/replication",
            Rules = [new ReplicationRule { Id = "all", Status = ReplicationRuleStatus.Enabled, Priority = 1, Filter = new ReplicationRuleFilter { Prefix = prefix }, DeleteMarkerReplication = new DeleteMarkerReplication { Status = DeleteMarkerReplicationStatus.Disabled }, Destination = new ReplicationDestination { BucketArn = "arn:aws:s3:::" + replica } }],
        },
    });

    private async Task<string?> StatusAsync(string bucket, string key) => (await Account.S3.GetObjectMetadataAsync(bucket, key)).ReplicationStatus?.Value;

    private static NUnit.Framework.Constraints.EqualStringConstraint Fails(string code) => Throws.InstanceOf<AmazonS3Exception>().With.Property("ErrorCode").EqualTo(code);
}
