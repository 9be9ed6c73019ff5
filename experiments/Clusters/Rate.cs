using ChaosHarness.Checkers.Writes;
using ChaosHarness.Fixtures.Clusters;

namespace Experiments.Clusters;

/// <summary>
/// An experiment on what a race decides, several times over: each run is measured and recorded, and how many of them lost something is told. One run
/// that lost nothing would prove nothing, and neither would one that did say how often.
/// </summary>
internal static class Rate
{
    public const int Runs = 4;

    /// <summary>Runs it so often, each time with whichever node leads by then.</summary>
    /// <returns>In how many runs acknowledged writes were lost.</returns>
    public static async Task<int> OfLossAsync(Cluster cluster, Func<IProcessComponent, ExperimentBuilder> experiment)
    {
        var losses = new List<LossFinding>();
        for (var run = 1; run <= Runs; run++)
        {
            Assert.That(await cluster.BecomesWellAsync(), Is.True, "the cluster got over the run before");
            var result = await experiment(await cluster.LeaderAsync()).RunAsync();
            Assert.That(result.IsJudged, Is.True, result.Reason);
            losses.Add(result.Find(new LossChecker()));
        }

        var lossy = losses.Count(loss => loss.Lost > 0);
        await TestContext.Out.WriteLineAsync($"acknowledged writes were lost in {lossy} of {Runs} runs: {string.Join("; ", losses)}");
        return lossy;
    }
}
