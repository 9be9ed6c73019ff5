using Amazon.EC2.Model;
using Amazon.FIS.Model;
using Amazon.RDS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.Aws.Faults;

/// <summary>Finds resolved targets that cannot be hit any more: FIS still sees them for an hour after they ended, with their tags.</summary>
internal static class DeadTargets
{
    // As many as a filter of EC2 takes values.
    public const int AtOnce = 200;

    /// <summary>Whether an instance in a state serves, or is about to: those that are stopped are nobody's reserve.</summary>
    public static bool Serves(string state) => state is "pending" or "running";

    /// <returns>Those of the targets that are dead or dying, and the instances among the others that are stopped, or about to be.</returns>
    public static async Task<(IReadOnlySet<ResolvedTarget> Dead, IReadOnlySet<ResolvedTarget> Stopped)> FindAsync(AwsAccount account, IReadOnlyList<ResolvedTarget> resolved, CancellationToken cancellationToken)
    {
        var (dead, stopped) = (new HashSet<ResolvedTarget>(), new HashSet<ResolvedTarget>());
        var instances = Of(resolved, FisCatalogue.Instance);
        foreach (var some in instances.Chunk(AtOnce))
        {
            var living = await InstancesAsync(account, [.. some.Select(target => target.Id).Distinct()], cancellationToken).ConfigureAwait(false);
            foreach (var (target, id) in some)
            {
                if (!living.TryGetValue(id, out var state) || state is "shutting-down" or "terminated")
                {
                    dead.Add(target);
                }
                else if (!Serves(state))
                {
                    stopped.Add(target);
                }
            }
        }

        foreach (var (target, id) in Of(resolved, FisCatalogue.Database))
        {
            Add(target, await DatabaseAsync(account, id, cancellationToken).ConfigureAwait(false));
        }

        foreach (var (target, id) in Of(resolved, FisCatalogue.Cluster))
        {
            Add(target, await ClusterAsync(account, id, cancellationToken).ConfigureAwait(false));
        }

        return (dead, stopped);

        void Add(ResolvedTarget target, string? status)
        {
            if (status is null or "deleting" or "deleted")
            {
                dead.Add(target);
            }
        }
    }

    /// <summary>The states of instances by their ids; those that are gone are not among them.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> InstancesAsync(AwsAccount account, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            // A filter passes over those that are gone, ids would be an error.
            var page = await account.Ec2.DescribeInstancesAsync(
                new DescribeInstancesRequest { Filters = [new Amazon.EC2.Model.Filter("instance-id", [.. ids])], NextToken = next },
                cancellationToken).ConfigureAwait(false);
            foreach (var instance in (page.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []))
            {
                states[instance.InstanceId] = instance.State.Name.Value;
            }

            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
        return states;
    }

    private static async Task<string?> DatabaseAsync(AwsAccount account, string id, CancellationToken cancellationToken)
    {
        try
        {
            var found = await account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = id }, cancellationToken).ConfigureAwait(false);
            return found.DBInstances is [{ } instance, ..] ? instance.DBInstanceStatus : null;
        }
        catch (DBInstanceNotFoundException)
        {
            return null;
        }
    }

    private static async Task<string?> ClusterAsync(AwsAccount account, string id, CancellationToken cancellationToken)
    {
        try
        {
            var found = await account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = id }, cancellationToken).ConfigureAwait(false);
            return found.DBClusters is [{ } cluster, ..] ? cluster.Status : null;
        }
        catch (DBClusterNotFoundException)
        {
            return null;
        }
    }

    private static List<(ResolvedTarget Target, string Id)> Of(IReadOnlyList<ResolvedTarget> resolved, string type) =>
        [.. resolved.Where(target => target.ResourceType == type).Select(target => (target, ResolvedNames.ArnOf(target))).Where(found => found.Item2 is not null).Select(found => (found.target, ResolvedNames.IdOf(found.Item2!)))];
}
