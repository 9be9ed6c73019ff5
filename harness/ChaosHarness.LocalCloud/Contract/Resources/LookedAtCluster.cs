using Amazon.RDS.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>A Multi-AZ cluster, for cases that only look at it.</summary>
internal sealed record LookedAtCluster(DBCluster Cluster)
{
    public static async Task<LookedAtCluster> MakeAsync(ContractAccount account)
    {
        // Nothing of the clients removes a cluster: in an account it would stay, and cost.
        if (account.IsAws)
        {
            throw new ContractImpossibleException("a cluster could be made and not removed again: this client has no DeleteDBCluster");
        }

        var id = account.Name("cluster");
        await account.Rds.CreateDBClusterAsync(new CreateDBClusterRequest { DBClusterIdentifier = id, Engine = "postgres", DBClusterInstanceClass = "db.m5d.large", AllocatedStorage = 100, MasterUsername = "keeper", MasterUserPassword = "s3cret-" + account.Prefix, Tags = MadeDatabases.Tags(account) });
        await account.UntilAsync("the cluster is available", async () => (await OneAsync(account, id)).Status == "available");
        return new LookedAtCluster(await OneAsync(account, id));
    }

    public static async Task<DBCluster> OneAsync(ContractAccount account, string id) => (await account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = id })).DBClusters[0];
}
