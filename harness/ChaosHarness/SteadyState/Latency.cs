namespace ChaosHarness.SteadyState;

/// <summary>A signal's latency, counted from when each observation was due.</summary>
/// <param name="Source">The name of a probe or workload of the experiment.</param>
public sealed record Latency(string Source)
{
    /// <summary>The latency that so many percent of the observations keep.</summary>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>The indicator.</returns>
    public LatencyPercentile Percentile(double percentile) => new(Source, percentile);
}
