namespace ChaosHarness.Expectations;

/// <summary>What can be expected of the latency of one signal.</summary>
/// <param name="source">A probe or workload of the experiment.</param>
public sealed class AnsweredSignal(string source)
{
    /// <summary>A percentile of its latency.</summary>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>What can be expected of it.</returns>
    public AnsweredPercentile Percentile(double percentile) => new(source, percentile);
}
