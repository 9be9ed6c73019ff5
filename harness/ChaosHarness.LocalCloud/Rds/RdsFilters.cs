using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.Resources;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>The filters of RDS's describe calls: every documented one that there is something to filter by. Resources may be named by identifier or ARN.</summary>
internal static class RdsFilters
{
    private static readonly Dictionary<string, Func<DBInstance, IEnumerable<string?>>> OfInstances = new(StringComparer.Ordinal)
    {
        ["db-cluster-id"] = instance => [instance.DBClusterIdentifier, ClusterArn(instance)],
        ["db-instance-id"] = instance => [instance.DBInstanceIdentifier, instance.DBInstanceArn],
        ["dbi-resource-id"] = instance => [instance.DbiResourceId],
        // No instance of this cloud is in an Active Directory.
        ["domain"] = _ => [],
        ["engine"] = instance => [instance.Engine],
    };

    private static readonly Dictionary<string, Func<DBCluster, IEnumerable<string?>>> OfClusters = new(StringComparer.Ordinal)
    {
        ["clone-group-id"] = _ => [],
        ["db-cluster-id"] = cluster => [cluster.DBClusterIdentifier, cluster.DBClusterArn],
        ["db-cluster-resource-id"] = cluster => [cluster.DbClusterResourceId],
        ["domain"] = _ => [],
        ["engine"] = cluster => [cluster.Engine],
    };

    private static readonly Dictionary<string, Func<DBSnapshot, IEnumerable<string?>>> OfSnapshots = new(StringComparer.Ordinal)
    {
        ["db-instance-id"] = snapshot => [snapshot.DBInstanceIdentifier, snapshot.DBSnapshotArn[..snapshot.DBSnapshotArn.IndexOf(":snapshot:", StringComparison.Ordinal)] + ":db:" + snapshot.DBInstanceIdentifier],
        ["db-snapshot-id"] = snapshot => [snapshot.DBSnapshotIdentifier, snapshot.DBSnapshotArn],
        ["dbi-resource-id"] = snapshot => [snapshot.DbiResourceId],
        ["engine"] = snapshot => [snapshot.Engine],
        ["snapshot-type"] = snapshot => [snapshot.SnapshotType],
    };

    private static readonly Dictionary<string, Func<DBInstanceAutomatedBackup, IEnumerable<string?>>> OfBackups = new(StringComparer.Ordinal)
    {
        ["db-instance-id"] = backup => [backup.DBInstanceIdentifier, backup.DBInstanceArn],
        ["dbi-resource-id"] = backup => [backup.DbiResourceId],
        ["status"] = backup => [backup.Status],
    };

    public static IReadOnlyList<DBInstance> Apply(IReadOnlyList<DBInstance> all, List<Filter>? filters) => NamedFilter.Apply(all, Read(filters), OfInstances, Unknown);

    public static IReadOnlyList<DBCluster> Apply(IReadOnlyList<DBCluster> all, List<Filter>? filters) => NamedFilter.Apply(all, Read(filters), OfClusters, Unknown);

    public static IReadOnlyList<DBSnapshot> Apply(IReadOnlyList<DBSnapshot> all, List<Filter>? filters) => NamedFilter.Apply(all, Read(filters), OfSnapshots, Unknown);

    public static IReadOnlyList<DBInstanceAutomatedBackup> Apply(IReadOnlyList<DBInstanceAutomatedBackup> all, List<Filter>? filters) => NamedFilter.Apply(all, Read(filters), OfBackups, Unknown);

    private static IEnumerable<NamedFilter> Read(List<Filter>? filters) => (filters ?? []).Select(filter => new NamedFilter(filter.Name, filter.Values));

    private static string? ClusterArn(DBInstance instance) => instance.DBClusterIdentifier is { } cluster
        ? instance.DBInstanceArn[..instance.DBInstanceArn.IndexOf(":db:", StringComparison.Ordinal)] + ":cluster:" + cluster
        : null;

    private static AwsErrorException Unknown(string name) => new("InvalidParameterValue", $"Unrecognized filter name: {name}");
}
