using ChaosHarness.LocalCloud.CloudWatch;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>Replicas of instances in other regions, and how far replicas are behind.</summary>
internal sealed partial class RdsService
{
    // As often as RDS tells CloudWatch.
    private static readonly TimeSpan LagPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestLagPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>What there is in RDS where an ARN leads to; null for an identifier, and an ARN of this region.</summary>
    private Databases? SourceElsewhere(string named)
    {
        if (!named.StartsWith("arn:", StringComparison.Ordinal))
        {
            return null;
        }

        return named.Split(':') is ["arn", _, "rds", var region, var account, "db", { Length: > 0 }] && account == _cloud.AccountId
            ? region == _cloud.Region ? null : _databases.In(region) ?? throw new AwsErrorException("InvalidParameterValue", $"The region {region} of the source is none of this cloud: {string.Join(", ", _cloud.Options.Regions)}.")
            : throw new AwsErrorException("InvalidParameterValue", $"Invalid ARN of a source in this account: {named}");
    }

    // Which region the source is in, clients say by a URL that is signed for it.
    private void CheckPresigned(string? url, string named)
    {
        if (url is null)
        {
            return;
        }

        var query = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? UrlText.Parse(parsed.Query.TrimStart('?')) : [];
        var region = (query.GetValueOrDefault("X-Amz-Credential") ?? "").Split('/') is [_, _, var signed, ..] ? signed : null;
        if (query.GetValueOrDefault("Action") != "CreateDBInstanceReadReplica" || query.GetValueOrDefault("DestinationRegion") != _cloud.Region
            || query.GetValueOrDefault("SourceDBInstanceIdentifier") != named || region is null || !named.Contains($":{region}:", StringComparison.Ordinal))
        {
            throw new AwsErrorException("InvalidParameterValue", "PreSignedUrl could not be processed: it has to be a CreateDBInstanceReadReplica signed for the region of the source, with this region as DestinationRegion.");
        }
    }

    private static DbInstance FindIn(Databases region, string arn)
    {
        var id = arn[(arn.LastIndexOf(':') + 1)..];
        return region.IsUnreachable
            ? throw new AwsErrorException("InvalidDBInstanceState", $"The source {arn} cannot be reached.")
            : region.Instances.TryGetValue(id, out var instance) ? instance : throw new AwsErrorException("DBInstanceNotFound", $"DBInstance {arn} not found.", 404);
    }

    private async Task MeasureLagAsync(CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(_cloud.Clock.Here(LagPeriod, ShortestLagPeriod), _cloud.Time, ended);
            foreach (var replica in _databases.Instances.Values.Where(instance => instance is { Source: not null, Status: "available", Running: not null }))
            {
                if (!_cloud.Outage.Hits(RegionParts.Api) && await replica.Database.LagAsync(ended) is { } lag)
                {
                    _databases.Metrics.Add(MetricKey.Of("AWS/RDS", "ReplicaLag", [new() { Name = "DBInstanceIdentifier", Value = replica.Id }]), _cloud.Now, lag.TotalSeconds);
                }
            }
        }
    }
}
