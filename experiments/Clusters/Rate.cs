using System.Globalization;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Ledger.Statistics;

namespace Experiments.Clusters;

/// <summary>
/// An experiment on what a race decides, several times over: each run is measured and recorded, and in how many of them something was lost is told, with
/// what that says of all the others. One run that lost nothing would prove nothing, and neither would one that did say how often.
/// </summary>
/// <param name="Lossy">Runs in which acknowledged writes were lost.</param>
/// <param name="Runs">All runs.</param>
internal sealed record Rate(int Lossy, int Runs)
{
    /// <summary>Runs it so often, each time with whichever node leads by then.</summary>
    /// <param name="runs">How often.</param>
    /// <param name="up">Finds the cluster, well, or brings one up.</param>
    /// <param name="experiment">Makes the experiment for a cluster and its leader.</param>
    public static async Task<Rate> OfLossAsync<T>(int runs, Func<Task<T>> up, Func<T, IProcessComponent, ExperimentBuilder> experiment)
        where T : Cluster
    {
        var losses = new List<LossFinding>();
        while (losses.Count < runs)
        {
            var cluster = await up();
            var result = await experiment(cluster, await cluster.LeaderAsync()).RunAsync();
            Assert.That(result.IsJudged, Is.True, result.Reason);
            losses.Add(result.Find(new LossChecker()));
        }

        var rate = new Rate(losses.Count(loss => loss.Lost > 0), runs);
        await TestContext.Out.WriteLineAsync($"{rate}: {string.Join("; ", losses)}");
        return rate;
    }

    /// <summary>Such as <c>acknowledged writes were lost in 3 of 8 runs: in 14 to 69 % of all, with 95 % confidence</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var interval = WilsonInterval.Of(Lossy, Runs);
        return string.Create(CultureInfo.InvariantCulture, $"acknowledged writes were lost in {Lossy} of {Runs} runs: in {100 * interval?.Lower:0} to {100 * interval?.Upper:0} % of all, with 95 % confidence");
    }
}
