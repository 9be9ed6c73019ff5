using System.Net;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Rds;

/// <summary>Clusters and their members.</summary>
internal static class Clusters
{
    private const string Describe = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html";
    private const string Instances = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html";
    private const string FailOver = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_FailoverDBCluster.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("rds-78", "The members of a cluster are among the instances, and are found by `db-cluster-id`, with an identifier or an ARN", Instances, ContractCost.Failover, async account =>
        {
            var cluster = (await account.SharedAsync(LookedAtCluster.MakeAsync)).Cluster;
            foreach (var value in new[] { cluster.DBClusterIdentifier, cluster.DBClusterArn })
            {
                var members = (await account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = [Filter("db-cluster-id", value)] })).DBInstances;
                Claim.SameSet("the members", cluster.DBClusterMembers.Select(member => member.DBInstanceIdentifier), members.Select(member => member.DBInstanceIdentifier));
                Claim.That("each names its cluster", members.TrueForAll(member => member.DBClusterIdentifier == cluster.DBClusterIdentifier));
            }
        }),
        new("rds-79", "A cluster has one writer, in a zone of its own", Describe, ContractCost.Failover, async account =>
        {
            var cluster = (await account.SharedAsync(LookedAtCluster.MakeAsync)).Cluster;
            Claim.Same("its writers", 1, cluster.DBClusterMembers.Count(member => member.IsClusterWriter is true));
        }),
        new("rds-80", "Clusters are found by `db-cluster-id`, `db-cluster-resource-id` and `engine`", Describe, ContractCost.Failover, async account =>
        {
            var cluster = (await account.SharedAsync(LookedAtCluster.MakeAsync)).Cluster;
            foreach (var (name, value) in new[] { ("db-cluster-id", cluster.DBClusterIdentifier), ("db-cluster-resource-id", cluster.DbClusterResourceId), ("engine", "postgres") })
            {
                Claim.SameSet(name, [cluster.DBClusterIdentifier], (await account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = cluster.DBClusterIdentifier, Filters = [Filter(name, value)] })).DBClusters.Select(found => found.DBClusterIdentifier));
            }
        }),
        new("rds-82", "A filter of clusters that is not there is refused: `InvalidParameterValue`, 400", Describe, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { Filters = [Filter("colour", "red")] }))),
        new("rds-83", "A cluster that is not there is an error: `DBClusterNotFoundFault`, 404", Describe, ContractCost.Nothing, account =>
            Claim.RefusedAsync("DBClusterNotFoundFault", () => LookedAtCluster.OneAsync(account, account.Name("nobody")), HttpStatusCode.NotFound)),
        new("rds-84", "A cluster that is not there cannot be failed over: `DBClusterNotFoundFault`, 404", FailOver, ContractCost.Nothing, account =>
            Claim.RefusedAsync("DBClusterNotFoundFault", () => account.Rds.FailoverDBClusterAsync(new FailoverDBClusterRequest { DBClusterIdentifier = account.Name("nobody") }), HttpStatusCode.NotFound)),
        new("rds-85", "A cluster is not failed over to its writer: `InvalidDBInstanceState`, 400", FailOver, ContractCost.Failover, async account =>
        {
            var cluster = (await account.SharedAsync(LookedAtCluster.MakeAsync)).Cluster;
            var writer = cluster.DBClusterMembers.Find(member => member.IsClusterWriter is true)!.DBInstanceIdentifier;
            await Claim.RefusedAsync("InvalidDBInstanceState|InvalidDBClusterStateFault", () => account.Rds.FailoverDBClusterAsync(new FailoverDBClusterRequest { DBClusterIdentifier = cluster.DBClusterIdentifier, TargetDBInstanceIdentifier = writer }));
        }),
    ];

    private static Filter Filter(string name, string value) => new() { Name = name, Values = [value] };
}
