using ChaosHarness.Fixtures.Clusters;

namespace Experiments.Clusters;

/// <summary>One running cluster for all experiments that want the same; a new one when the last experiment left it unwell.</summary>
[SetUpFixture]
public sealed class SharedCluster
{
    private static Cluster? s_cluster;
    private static object? s_options;

    /// <summary>Finds the cluster that was built so, well, or brings one up.</summary>
    /// <param name="options">How it is built; equal options are the same cluster.</param>
    /// <param name="start">Brings one up.</param>
    public static async Task<T> GetAsync<T>(object options, Func<Task<T>> start)
        where T : Cluster
    {
        if (s_cluster is not T || !options.Equals(s_options) || !await s_cluster.BecomesWellAsync())
        {
            await EndAsync();
            s_cluster = await start();
            s_options = options;
        }

        return (T)s_cluster;
    }

    /// <summary>The same, led by one node: a new one where another leads by now.</summary>
    /// <param name="leader">The name of the node, which leads when the cluster is new.</param>
    /// <param name="options">How it is built; equal options are the same cluster.</param>
    /// <param name="start">Brings one up.</param>
    public static async Task<T> LedByAsync<T>(string leader, object options, Func<Task<T>> start)
        where T : Cluster
    {
        var cluster = await GetAsync(options, start);
        if ((await cluster.LeaderAsync()).Component.Name == leader)
        {
            return cluster;
        }

        await EndAsync();
        return await GetAsync(options, start);
    }

    [OneTimeTearDown]
    public static async Task EndAsync()
    {
        if (s_cluster is { } cluster)
        {
            s_cluster = null;
            await cluster.DisposeAsync();
        }
    }
}
