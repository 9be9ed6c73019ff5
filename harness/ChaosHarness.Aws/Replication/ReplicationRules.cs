using Amazon.S3;
using Amazon.S3.Model;

namespace ChaosHarness.Aws.Replication;

/// <summary>What a bucket is told to replicate to another.</summary>
internal sealed record ReplicationRules(IReadOnlyList<ReplicationRule> Enabled, string? Problem)
{
    public static async Task<ReplicationRules> ReadAsync(IAmazonS3 source, string bucket, string replicaBucket, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReplicationRule> rules;
        try
        {
            rules = (await source.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = bucket }, cancellationToken).ConfigureAwait(false)).Configuration?.Rules ?? [];
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "ReplicationConfigurationNotFoundError")
        {
            rules = [];
        }

        var to = rules.Where(rule => rule.Destination?.BucketArn?.EndsWith(":" + replicaBucket, StringComparison.Ordinal) == true).ToList();
        if (to.Count == 0)
        {
            // The SDK tells a bucket that is not there as one without rules; listing it does not.
            await source.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket, MaxKeys = 1 }, cancellationToken).ConfigureAwait(false);
        }

        var enabled = to.Where(rule => rule.Status == ReplicationRuleStatus.Enabled).ToList();
        return new ReplicationRules(
            enabled,
            to.Count == 0 ? $"{bucket} has no rule that replicates anything to {replicaBucket}"
            : enabled.Count == 0 ? $"every rule of {bucket} that replicates to {replicaBucket} is disabled"
            : null);
    }

    /// <summary>Whether marks of deletions are replicated: only by a rule that says so, and by none that goes by tags, which marks have not.</summary>
    public bool ReplicatesMarks(string key) => Enabled.Any(rule =>
        (rule.Filter is null || rule.DeleteMarkerReplication?.Status == DeleteMarkerReplicationStatus.Enabled)
        && rule.Filter?.Tag is null
        && rule.Filter?.And?.Tags is null or { Count: 0 }
        && key.StartsWith(PrefixOf(rule), StringComparison.Ordinal));

    private static string PrefixOf(ReplicationRule rule)
    {
#pragma warning disable CS0618 // Rules of the first version say it so, and are still there.
        return rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? rule.Prefix ?? "";
#pragma warning restore CS0618
    }
}
