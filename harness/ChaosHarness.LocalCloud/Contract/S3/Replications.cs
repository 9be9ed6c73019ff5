using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Replication from one bucket to another.</summary>
internal static class Replications
{
    private const string Status = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html";
    private const string Put = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("s3-73", "An object is `PENDING` until it is replicated and then `COMPLETED`; the copy is a `REPLICA`", Status, ContractCost.Objects, async account =>
        {
            var (source, replica) = await ReplicatedAsync(account, "status-of");
            await MadeBuckets.PutAsync(account, source, "k", "tea");
            await account.UntilAsync("it is replicated", async () => await StatusAsync(account, source, "k") == "COMPLETED");
            Claim.Same("status and content of the copy", ("REPLICA", "tea"), (await StatusAsync(account, replica, "k"), await MadeBuckets.GetAsync(account, replica, "k")));
        }),
        new("s3-74", "An object that no rule is for is not replicated, and has no status", Status, ContractCost.Objects, async account =>
        {
            var (source, _) = await ReplicatedAsync(account, "no-rule", prefix: "only/");
            await MadeBuckets.PutAsync(account, source, "other", "tea");
            var status = await StatusAsync(account, source, "other");
            Claim.That("there is none", string.IsNullOrEmpty(status), status);
        }),
        new("s3-75", "Replication needs versions of the source: `InvalidRequest`, 400", Put, ContractCost.Objects, async account =>
        {
            var (source, replica) = (await MadeBuckets.MakeAsync(account, "bare-source"), await MadeBuckets.MakeAsync(account, "ready-replica", isVersioned: true));
            await Claim.RefusedAsync("InvalidRequest", () => RuleAsync(account, source, replica, ""));
        }),
        new("s3-76", "Replication needs versions of the destination: `InvalidRequest`, 400", Put, ContractCost.Objects, async account =>
        {
            var (source, replica) = (await MadeBuckets.MakeAsync(account, "ready-source", isVersioned: true), await MadeBuckets.MakeAsync(account, "bare-replica"));
            await Claim.RefusedAsync("InvalidRequest", () => RuleAsync(account, source, replica, ""));
        }),
        new("s3-77", "Versions cannot be suspended while a bucket is replicated: `InvalidBucketState`, 409", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html", ContractCost.Objects, async account =>
        {
            var (source, _) = await ReplicatedAsync(account, "held");
            await Claim.RefusedAsync("InvalidBucketState", () => MadeBuckets.VersionAsync(account, source, VersionStatus.Suspended), HttpStatusCode.Conflict);
        }),
        new("s3-78", "The rules of a bucket are given back as they were put", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html", ContractCost.Objects, async account =>
        {
            var (source, replica) = await ReplicatedAsync(account, "given-back");
            var rule = (await account.S3.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = source })).Configuration.Rules.Single();
            Claim.Same("id, destination", ("all", "arn:aws:s3:::" + replica), (rule.Id, rule.Destination.BucketArn));
        }),
    ];

    private static async Task<(string Source, string Replica)> ReplicatedAsync(ContractAccount account, string name, string prefix = "")
    {
        var (source, replica) = (await MadeBuckets.MakeAsync(account, name + "-1", isVersioned: true), await MadeBuckets.MakeAsync(account, name + "-2", isVersioned: true));
        await RuleAsync(account, source, replica, prefix);
        return (source, replica);
    }

    public static Task<PutBucketReplicationResponse> RuleAsync(ContractAccount account, string source, string replica, string prefix) => account.S3.PutBucketReplicationAsync(new PutBucketReplicationRequest
    {
        BucketName = source,
        Configuration = new ReplicationConfiguration
        {
            Role = account.RoleArn,
            Rules = [new ReplicationRule { Id = "all", Status = ReplicationRuleStatus.Enabled, Priority = 1, Filter = new ReplicationRuleFilter { Prefix = prefix }, DeleteMarkerReplication = new DeleteMarkerReplication { Status = DeleteMarkerReplicationStatus.Disabled }, Destination = new ReplicationDestination { BucketArn = "arn:aws:s3:::" + replica } }],
        },
    });

    private static async Task<string?> StatusAsync(ContractAccount account, string bucket, string key) => (await account.S3.GetObjectMetadataAsync(bucket, key)).ReplicationStatus?.Value;
}
